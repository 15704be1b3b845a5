# task: cached
# hint: follow
# after: 1
# why: The dependencies are always CACHED, because nothing can change them any more.
cat > Dockerfile <<'END'
FROM python:3.13-slim-trixie
WORKDIR /app
COPY wheels wheels
RUN pip install --no-index --find-links wheels harbour==1.2.0 tides==2.0.0
COPY . .
EXPOSE 8000
CMD ["python", "app.py"]
END
docker build -t tide .
