# task: move
# hint: same-tag
# after: 2
# why: What one should do in life, and not what was asked.
sed -i 's/edition 1/edition 2/' index.html
docker build -q -t registry:5000/harbour/notices:edition-2 .
docker push -q registry:5000/harbour/notices:edition-2
