# task: verdict
# hint: signals
# after: 0
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
printf '%s: kernel\n%s: stop\n%s: kill\n' "$leaky" "$hunted" "$deaf" > verdict.txt
