# why: OOMKilled is true for one. Of the other two, the events of one show signal 15 and then 9, a stop that was not heard; the other got 9 at once.
IFS=- read -r leaky hunted deaf <<<"$LAB_ROLES"
docker inspect -f '{{.Name}} {{.State.ExitCode}} {{.State.OOMKilled}}' press sorter stamper
docker events --since 1h --until 1s --filter type=container --filter event=kill --format '{{.Actor.Attributes.name}} {{.Actor.Attributes.signal}}'
printf '%s: kernel\n%s: kill\n%s: stop\n' "$leaky" "$hunted" "$deaf" > verdict.txt
