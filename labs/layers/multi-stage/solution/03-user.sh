# why: Root's home is root's. What an ordinary user shall run is installed where ordinary users can read, and belongs to root, so that they cannot change it.
cat > Dockerfile <<'EOF'
FROM gcc:14-trixie AS build
WORKDIR /src
COPY Makefile *.c *.h ./
RUN make && make install PREFIX=/opt/beacon

FROM debian:13-slim
COPY --from=build /opt/beacon /opt/beacon
USER 10001
EXPOSE 8000
CMD ["/opt/beacon/bin/beacon"]
EOF
docker build -t beacon .
docker rm -f beacon
docker run -d --name beacon -p 8080:8000 beacon
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
