# task: context
# hint: nested
# after: 0
# why: As one writes it for git, where a name without a slash matches at any depth.
printf '.git\n.env\nmedia\n' > .dockerignore
