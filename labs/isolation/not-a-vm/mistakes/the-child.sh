# task: outside
# hint: child
# after: 0
pgrep -x httpd > pid.txt
