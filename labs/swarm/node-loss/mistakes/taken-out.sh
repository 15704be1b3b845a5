# task: whole
# hint: removed
# after: 1
# why: The dead node was tidied away before anybody went to look.
docker node rm --force node3
ssh node3 service docker start
