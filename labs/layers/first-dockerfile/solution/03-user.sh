# why: A process that is not root can do less harm, also when it is taken over. It needs one folder to write to, so it gets that one; the program itself stays root's, and thereby unchangeable.
cat > Dockerfile <<'EOF'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY requirements.txt .
COPY wheels wheels
RUN pip install --no-cache-dir --no-index --find-links wheels -r requirements.txt
RUN useradd --system keeper && install -d -o keeper log
COPY app.py .
USER keeper
CMD ["python", "app.py"]
EOF
docker build -t logbook .
docker rm -f logbook
docker run -d --name logbook -p 8080:8000 logbook
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
