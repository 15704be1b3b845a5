# why: A tag is a note on a shelf: whoever may push may stick it to something else, and nobody is told. The first edition stays on the shelf, without a note.
sed -i 's/edition 1/edition 2/' index.html
docker build -q -t registry:5000/harbour/notices:stable .
docker push registry:5000/harbour/notices:stable
