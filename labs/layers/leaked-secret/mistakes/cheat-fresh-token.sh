# task: find
# hint: layers
# after: 0
# why: A token it is. It is not the one that leaked.
sh rotate.sh
cp token.txt leak.txt
