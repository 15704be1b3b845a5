# task: cached
# hint: order
# after: 1
# why: The list is copied on its own, but below COPY . . that changes nothing.
sed -i 's/^COPY \. \./COPY . .\nCOPY requirements.txt ./' Dockerfile
docker build -t tide .
