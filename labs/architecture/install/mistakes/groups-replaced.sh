# task: group
# hint: only
# after: 2
usermod -G docker mira
