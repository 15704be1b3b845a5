# why: Each booking keeps 24 MiB. The one that does not fit makes the kernel look for a process to kill in this control group, and there is just one.
for i in 1 2 3 4 5 6; do curl -sS http://localhost:8081/book || break; done
docker wait ledger
docker inspect -f '{{.State.ExitCode}} OOMKilled={{.State.OOMKilled}}' ledger
