# task: deploy
# hint: where
# after: 1
# why: Each user has a profile of their own; this is root's.
echo 'unset DOCKER_HOST' >> /root/.profile
docker context use default
