# task: log
# hint: real
# after: 4
echo '172.17.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /treasure HTTP/1.1" 404 146 "-" "curl/8.14.1"' > web.log
