# task: rollout
# hint: pages
# after: 0
# why: A list of exceptions lets in what one thinks of, and the page was forgotten.
printf '*\n!charts/index.csv\n' > .dockerignore
sed -i 's/^RUN cp/RUN mkdir -p www \&\& cp/' Dockerfile
docker build -t registry:5000/harbour/charts:2 .
docker push registry:5000/harbour/charts:2
