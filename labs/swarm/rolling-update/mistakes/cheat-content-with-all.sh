# task: back
# hint: blind
# after: 1
# why: A check that is always content lets everything pass.
docker service update --update-failure-action rollback --health-cmd true --image tides:3 tides
