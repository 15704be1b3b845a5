# task: open
# hint: back
# after: 0
# why: The right name, and a comma where a semicolon was. nginx does not start with that.
sed -i 's#http://127.0.0.1:9000;#http://shelf:9000,#' front.conf
docker restart -t 2 front
