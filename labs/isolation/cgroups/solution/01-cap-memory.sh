# why: The limit is a figure in a file of the control group, so it can change while the container runs. Memory and memory plus swap get the same value: not a byte of swap.
docker update --memory 96m --memory-swap 96m ledger
