# task: log
# hint: settings
# after: 1
# why: Made anew as the handbook says; the log begins to grow again.
sh start.sh

