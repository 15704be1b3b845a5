# task: both
# why: Told in words, with the name of the machine in them.
echo "inside: $(docker exec beacon pidof httpd), on node1: $(pgrep -x httpd)" > httpd.txt
