# why: The message of the shop names host and port. A refused connection means that the name was found; a name that was not found is either nobody's, or somebody's in another network.
curl -sS "http://localhost:$LAB_PORT"
docker compose logs --tail 1 shop
echo "$LAB_CAUSE" > cause.txt
