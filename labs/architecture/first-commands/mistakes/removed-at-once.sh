# task: hello
# hint: kept
# after: 0
# why: Many tutorials never run anything without --rm.
docker run --rm --name hello busybox:1.37 echo ahoy
