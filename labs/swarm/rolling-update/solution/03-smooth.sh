# why: One after the other, and each new task is healthy before the old one goes. For a moment there is one task more than wanted, which needs room, and two versions answer side by side, which the app has to bear.
docker service update --update-parallelism 1 --update-order start-first tides
