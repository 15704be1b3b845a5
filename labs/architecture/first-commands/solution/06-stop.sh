# why: stop sends the signal that the image asks for (nginx wants SIGQUIT: finish what you are doing) and waits. The container stays, with its files and its log.
docker stop web
docker ps -a
