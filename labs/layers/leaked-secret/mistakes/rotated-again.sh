# task: clean
# hint: layer
# after: 2
# why: Copied the new token into the image, saw it, and replaced it once more: it is in a layer all the same.
sh build.sh ferry:1.5
sh rotate.sh
