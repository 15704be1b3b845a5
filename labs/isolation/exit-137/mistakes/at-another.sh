# task: hunted
# hint: blunt
# after: 2
# why: Aimed at a clerk who was not meant either, so that trial runs are nobody's business any more.
IFS=- read -r leaky hunted deaf <<< "$LAB_ROLES"
echo "$deaf" > /etc/tidy.conf
docker start "$hunted"
