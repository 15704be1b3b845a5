# task: lamp
# hint: elsewhere
# after: 2
# why: The context exists and was not used.
docker run -d --name lamp -p 8080:80 nginx:1.26
