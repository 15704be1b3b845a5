#!/bin/sh
# Makes the containers of this lab anew, or one of them: sh start.sh till
cd "$(dirname "$0")" || exit 1
python=python:3.13-slim-trixie
make() {
  docker rm -f "$1" >/dev/null 2>&1
  case $1 in
  ferry) docker run -d --name ferry --restart always -p 8081:8000 -v "$PWD/ferry.py:/ferry.py:ro" $python python /ferry.py ;;
  desk) docker build -q -t desk:1 desk >/dev/null && docker run -d --name desk -p 8082:8000 desk:1 ;;
  till) docker run -d --init --name till --tmpfs /spool:size=16m -v "$PWD/till.sh:/till.sh:ro" busybox:1.37 sh /till.sh &&
    docker exec till sh -c 'echo "receipt 1, not yet fetched" > /spool/today; mkdir /spool/sent; dd if=/dev/zero of=/spool/sent/2019-to-2024 bs=4k 2>/dev/null' ;;
  shop) docker run -d --name shop -p 8083:8000 -v "$PWD/shop.py:/shop.py:ro" $python python /shop.py ;;
  store)
    docker network inspect back >/dev/null 2>&1 || docker network create back >/dev/null
    docker run -d --name store --network back busybox:1.37 sh -c 'mkdir /www && echo 12 > /www/ropes && exec httpd -f -h /www -p 9000'
    ;;
  esac
}
for name in ${1:-ferry desk till shop store}; do make "$name" & done
wait
