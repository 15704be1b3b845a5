# why: From rarely changed to often changed. The step that installs gets the two things it needs and nothing else, so only those two can make it run again.
cat > Dockerfile <<'END'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY requirements.txt .
COPY wheels wheels
RUN pip install --no-index --find-links wheels -r requirements.txt
COPY . .
EXPOSE 8000
CMD ["python", "app.py"]
END
docker build -t tide .
