# task: ready
# hint: restart
# after: 1
sed -i 's/^    command: python app.py/&\n    restart: always/' compose.yaml
