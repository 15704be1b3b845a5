# why: The registry is part of the name. Each layer is sent under its checksum, and one that the registry has already is not sent again.
docker build -q -t registry:5000/harbour/notices:stable .
docker push registry:5000/harbour/notices:stable
