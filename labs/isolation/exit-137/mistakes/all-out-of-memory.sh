# task: verdict
# hint: command
# after: 0
# why: 137 is out of memory, everybody says so.
printf 'press: kernel\nsorter: kernel\nstamper: kernel\n' > verdict.txt
