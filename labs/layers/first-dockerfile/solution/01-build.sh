# why: From what changes rarely to what changes often: base, dependencies, source. Everything the app needs is in the image, so it runs the same wherever the image goes.
cat > Dockerfile <<'EOF'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY requirements.txt .
COPY wheels wheels
RUN pip install --no-cache-dir --no-index --find-links wheels -r requirements.txt
COPY app.py .
CMD ["python", "app.py"]
EOF
docker build -t logbook .
