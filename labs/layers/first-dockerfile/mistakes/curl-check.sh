# task: healthy
# hint: tool
# after: 4
sed -i 's/^ENTRYPOINT/HEALTHCHECK --interval=1s CMD curl -f http:\/\/localhost:8000\/health\nENTRYPOINT/' Dockerfile
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook
