# task: code
# hint: other
# after: 0
# why: Ended by hand to make it hold still, and read then.
echo 137 > exit-code.txt
