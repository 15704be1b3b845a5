# task: running
# hint: service
# after: 0
# why: Started by hand, in the foreground, and ended with Ctrl-C to get the prompt back.
timeout -s INT -k 10 3 dockerd > dockerd.out 2>&1 || true
