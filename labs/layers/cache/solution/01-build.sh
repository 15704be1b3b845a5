# why: The first build runs every step, and each leaves a record in the cache: the instruction, what it read, and the layer that came out.
docker build -t tide .
