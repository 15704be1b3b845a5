# task: ready
# hint: command
# after: 1
# why: It never ends, and it never answers either: this image has no nc.
sed -i 's/^    command: python app.py/    command: sh -c "until nc -z db 5432; do sleep 1; done; exec python app.py"/' compose.yaml
