# task: create
# hint: answer
# after: 2
# why: The very command that this lab puts aside.
docker create --name tally busybox:1.37 echo counted
