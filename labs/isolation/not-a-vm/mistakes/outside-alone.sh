# task: both
# hint: outer
# after: 1
pgrep -x httpd > httpd.txt
