# task: facts
# hint: missing
# after: 1
# why: The first version that docker version prints is that of the client, and it says nothing about the rest.
docker --version > engine.txt
