# why: docker info is what the server says about itself. With -f it prints the fields that you name, for scripts and for files like this one.
docker info -f '{{.ServerVersion}} {{.Driver}} {{.DockerRootDir}}' > engine.txt
cat engine.txt
