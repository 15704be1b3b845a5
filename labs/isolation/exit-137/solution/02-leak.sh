# why: Its log shows a desk that only fills. KEEP bounds it, as for the other two; the limit of 64 MiB was right all the time.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
echo KEEP=3 >> "$leaky.env"
sh run.sh "$leaky"
