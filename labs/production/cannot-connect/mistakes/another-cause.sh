# task: cause
# hint: tell
# after: 0
if [ "$LAB_CAUSE" = port ]; then echo name; else echo port; fi > cause.txt
