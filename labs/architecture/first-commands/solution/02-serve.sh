# why: A server does not end by itself. With -d it runs in the background, and its output goes to its log instead of your terminal.
docker run -d --name web nginx:1.26
