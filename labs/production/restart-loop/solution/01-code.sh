# why: Between two starts the container has ended, and the Engine keeps the code of its last end; while it runs, the field is 0. 1 is a program that failed of an error nobody caught, 17 one that chose its code, 0 one that was content.
until read -r status code <<<"$(docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' gate)" && [ "$status" = restarting ]; do sleep 0.1; done
echo "$code" > exit-code.txt
