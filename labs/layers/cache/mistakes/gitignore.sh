# task: quiet
# hint: ignore
# after: 2
# why: git does not know it any more; the builder never asks git.
echo NOTES.md > .gitignore
docker build -t tide .
