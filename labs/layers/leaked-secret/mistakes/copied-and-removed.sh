# task: clean
# hint: layer
# after: 2
# why: The new token, in the old way.
sh build.sh ferry:1.5
