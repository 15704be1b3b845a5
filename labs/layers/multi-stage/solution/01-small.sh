# why: The first stage is the workshop, the second is what leaves the house. Only files that are named go from one to the other.
cat > Dockerfile <<'EOF'
FROM gcc:14-trixie AS build
WORKDIR /src
COPY Makefile *.c *.h ./
RUN make && make install

FROM debian:13-slim
COPY --from=build /root/.local /root/.local
EXPOSE 8000
CMD ["/root/.local/bin/beacon"]
EOF
docker build -t beacon .
