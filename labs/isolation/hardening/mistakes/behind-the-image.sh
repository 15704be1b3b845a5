# task: gain
# hint: flag
# after: 0
# why: What stands behind the image goes to the program, which does not mind.
sed -i 's#python /kiosk.py#python /kiosk.py --security-opt no-new-privileges#' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
