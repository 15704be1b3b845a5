# task: arguments
# hint: brackets
# after: 3
sed -i 's/^CMD .*/ENTRYPOINT python app.py/' Dockerfile
docker build -t logbook .
