# task: build
# hint: install
# after: 0
# why: The list is in the image; nobody has read it.
cat > Dockerfile <<'EOF'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
EOF
docker build -t logbook .
