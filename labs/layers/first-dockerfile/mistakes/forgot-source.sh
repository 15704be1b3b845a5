# task: build
# hint: inside
# after: 0
cat > Dockerfile <<'EOF'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY requirements.txt .
COPY wheels wheels
RUN pip install --no-cache-dir --no-index --find-links wheels -r requirements.txt
CMD ["python", "app.py"]
EOF
docker build -t logbook .
