# why: COPY . . reads whatever the build may be sent. A file that no running app needs should not be among it: it costs a layer each time somebody thinks aloud.
echo NOTES.md > .dockerignore
docker build -t tide .
