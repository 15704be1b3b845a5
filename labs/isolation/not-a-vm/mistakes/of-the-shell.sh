# task: both
# hint: main
# after: 1
grep NSpid "/proc/$(cat pid.txt)/status" > httpd.txt
