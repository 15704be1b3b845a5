# why: The registry is part of the name. Layers that the registry has already, those of nginx, are not sent again.
docker build -q -t registry:5000/harbour/notices:stable .
docker push registry:5000/harbour/notices:stable
