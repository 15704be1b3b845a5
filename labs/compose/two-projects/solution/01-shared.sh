# why: A network that belongs to neither project outlives both. external says: it is there, use it, and do not remove it.
docker network create harbour
for project in shop stock; do
  cat >> $project/compose.yaml <<'EOF'
    networks: [default, harbour]
networks:
  harbour:
    external: true
EOF
  (cd $project && docker compose up -d)
done
