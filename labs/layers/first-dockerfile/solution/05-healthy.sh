# why: The check asks the app from inside, with what the image has. EXPOSE and LABEL change nothing at run time; they tell people and programs what is in the box.
sed -i 's/^ENTRYPOINT/EXPOSE 8000\nLABEL org.opencontainers.image.title="logbook"\nHEALTHCHECK --interval=2s CMD ["python", "app.py", "--ping"]\nENTRYPOINT/' Dockerfile
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook
until [ "$(docker inspect -f '{{.State.Health.Status}}' logbook)" = healthy ]; do sleep 0.2; done
