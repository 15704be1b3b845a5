# task: ready
# hint: sleep
# after: 1
# why: A bet on a slow day; some day is slower.
sed -i 's/^    command: python app.py/    command: sh -c "sleep 20 \&\& exec python app.py"/' compose.yaml
