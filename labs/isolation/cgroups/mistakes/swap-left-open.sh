# task: cap-memory
# hint: swap
# after: 0
# why: docker update refuses --memory alone and asks for memory-swap as well; -1 makes the message go away.
docker update --memory 96m --memory-swap -1 ledger
