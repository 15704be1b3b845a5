# task: rotate
# hint: script
# after: 1
openssl rand -hex 24 > token.txt
