# why: A process in a PID namespace has a number in each namespace that can see it. The kernel lists them in NSpid, the outermost first.
grep NSpid "/proc/$(pgrep -x httpd)/status" > httpd.txt
