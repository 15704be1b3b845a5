# why: The dynamic loader names the file that it looked for. ldd on the module in the old image says where it was found there.
docker run --rm pilots:2 2>&1 | grep -o 'lib[a-z]*\.so\.[0-9]*' | head -n 1 > missing.txt
