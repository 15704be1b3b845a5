# task: twice
# hint: file
# after: 2
# why: A folder of another name is another project, and a file that from now on is nobody's copy.
cp -r shop shop-test
cd shop-test && PORT=8081 docker compose up -d
