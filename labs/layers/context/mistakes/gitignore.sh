# task: context
# hint: ignore
# after: 0
printf '.git\n.env\nmedia\ntools\n' > .gitignore
