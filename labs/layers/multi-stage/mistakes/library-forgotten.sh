# task: serve
# hint: library
# after: 1
sed -i 's/^COPY --from.*/COPY --from=build \/root\/.local\/bin \/root\/.local\/bin/' Dockerfile
docker build -t beacon .
docker run -d --name beacon -p 8080:8000 beacon
