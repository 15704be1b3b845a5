# task: user
# hint: user
# after: 2
# why: This container is not root, and the next one, made by somebody else from the same image, is.
docker build -q -t beacon - <<'EOF'
FROM beacon
RUN chmod 755 /root
EOF
docker rm -f beacon
docker run -d --name beacon --user 10001 -p 8080:8000 beacon
