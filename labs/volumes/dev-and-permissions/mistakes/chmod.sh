# task: readonly
# hint: mode
# after: 1
# why: Modes do not stop root, and in this container the server is root.
chmod -R a-w site
