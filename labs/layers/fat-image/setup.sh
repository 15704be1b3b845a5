# Raw material that the app never reads, and the image that was made with it.
for station in brest dover esbjerg; do head -c 5000000 /dev/urandom > charts/$station.tif; done
chmod 600 charts/*.tif
docker build -q -t registry:5000/harbour/charts:1 .
docker push -q registry:5000/harbour/charts:1
