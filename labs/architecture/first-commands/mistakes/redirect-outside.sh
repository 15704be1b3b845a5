# task: page
# hint: redirect
# after: 3
docker exec web echo '<h1>Ahoy</h1>' > index.html
