# task: cause
# hint: file
# after: 1
echo shanty > missing.txt
