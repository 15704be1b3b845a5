# task: shared
# hint: readonly
# after: 0
docker run --rm -v board:/out busybox:1.37 sh -c 'echo High water at noon > /out/index.html'
docker run -d --name web -p 8080:80 -v board:/usr/share/nginx/html nginx:1.26
