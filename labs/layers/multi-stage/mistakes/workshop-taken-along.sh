# task: small
# hint: results
# after: 0
cat > Dockerfile <<'EOF'
FROM gcc:14-trixie AS build
WORKDIR /src
COPY Makefile *.c *.h ./
RUN make && make install

FROM debian:13-slim
COPY --from=build /src /src
CMD ["/src/beacon"]
EOF
docker build -t beacon .
