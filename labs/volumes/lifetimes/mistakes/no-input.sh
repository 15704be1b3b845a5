# task: rows
# hint: stdin
# after: 2
# why: Without -i, nothing arrives at psql, and it ends content.
docker exec db psql -U postgres < ships.sql
