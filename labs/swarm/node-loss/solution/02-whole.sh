# node: node3
# why: The machine is up and its engine is not. It remembers its swarm on its disk, and reports to the manager as soon as it runs.
service docker start
until ssh node1 docker node ls --format "{{.Hostname}}-{{.Status}}" | grep -q node3-Ready; do sleep 0.3; done
