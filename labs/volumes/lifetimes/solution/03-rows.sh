# why: The file is on this side and psql on the other; -i connects the two.
docker exec -i db psql -U postgres < ships.sql
