# task: stock
# hint: both
# after: 1
sed -i 's#http://stock:9000#http://web:9000#' shop/conf/default.conf
cd shop && docker compose restart -t 2
