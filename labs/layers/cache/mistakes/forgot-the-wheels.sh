# task: cached
# hint: wheels
# after: 1
cat > Dockerfile <<'END'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-index --find-links wheels -r requirements.txt
COPY . .
EXPOSE 8000
CMD ["python", "app.py"]
END
docker build -t tide .
