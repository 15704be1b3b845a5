# why: What is never sent can be in no layer. The instruction is the same as before; what it can see is not.
docker build -t quay .
