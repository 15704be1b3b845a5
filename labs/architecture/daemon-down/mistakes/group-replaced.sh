# task: ci
# hint: only
# after: 2
usermod -G docker ci
