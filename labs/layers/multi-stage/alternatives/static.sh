# task: small
# why: Linked with all that it needs, the program needs no base at all.
cat > Dockerfile <<'EOF'
FROM gcc:14-trixie AS build
WORKDIR /src
COPY *.c *.h ./
RUN gcc -O1 -static -o beacon beacon.c tide.c -lm

FROM scratch
COPY --from=build /src/beacon /
ENTRYPOINT ["/beacon"]
EOF
docker build -t beacon .
