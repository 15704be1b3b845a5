# task: serve
# hint: detached
# after: 1
# why: Started in the foreground and ended with Ctrl-C to get the prompt back.
timeout -s INT 3 docker run --name web nginx:1.26 || true
