# task: context
# hint: lost
# after: 0
echo '*' > .dockerignore
