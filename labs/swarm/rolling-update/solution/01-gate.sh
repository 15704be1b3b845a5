# why: Until a task is healthy, its address is not given out under the name, and an update does not go on. So the question has to be the one that users ask.
docker service update --health-cmd 'curl -f http://localhost:8000/' --health-interval 1s --health-retries 3 --health-start-period 8s tides
