# task: ready
# hint: sleep
# after: 1
sed -i 's/^    command: python app.py/    command: sh -c "sleep 4 \&\& exec python app.py"/' compose.yaml
