# task: stock
# hint: command
# after: 1
sed -i 's#proxy_pass .*#return 200 "rope 40 m, tar 12 l, lanterns 9\\n";#' shop/conf/default.conf
cd shop && docker compose restart -t 2
