# why: What nobody reads is not sent, so it is in no layer, and the chmod has nothing left to write a second time.
echo 'charts/*.tif' > .dockerignore
docker build -t registry:5000/harbour/charts:2 .
docker push registry:5000/harbour/charts:2
