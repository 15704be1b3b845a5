# task: secret
# hint: config
# after: 0
# why: It is a file as well, and the command looks the same.
printf %s "$LAB_PASSWORD" | docker config create store_password -
