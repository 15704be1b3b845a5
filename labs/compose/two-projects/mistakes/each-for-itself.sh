# task: shared
# hint: external
# after: 0
# why: The same name in both files, and two networks.
for project in shop stock; do
  printf '    networks: [default, harbour]\nnetworks:\n  harbour:\n' >> $project/compose.yaml
  (cd $project && docker compose up -d -t 1)
done
