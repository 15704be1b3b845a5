# why: ENTRYPOINT is the program, CMD its usual arguments. Whoever runs the image can change the second without knowing the first.
sed -i 's/^CMD .*/ENTRYPOINT ["python", "app.py"]\nCMD ["--port", "8000"]/' Dockerfile
docker build -t logbook .
docker run --rm logbook --version
