# task: upgrade
# hint: stale
# after: 3
# why: Built anew, and restarted. A restart takes the same container, and that has the image of yesterday.
docker run -d --name tide -p 8000:8000 tide
sed -i 's/^tides==.*/tides==2.1.0/' requirements.txt
docker build -t tide .
docker restart tide
