# why: A digest is the checksum of the manifest. It is known once an image has been pushed or pulled, and from then on names this content and no other.
docker inspect -f '{{index .RepoDigests 0}}' registry:5000/harbour/notices:stable > digest.txt
cat digest.txt
# One more tag, which is never moved, so that people can find the edition without the 64 digits.
docker tag registry:5000/harbour/notices:stable registry:5000/harbour/notices:edition-1
docker push -q registry:5000/harbour/notices:edition-1
