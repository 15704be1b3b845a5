# why: df in the container shows /spool at 100 %. What was fetched years ago can go; what was not stays, because the container goes on running.
docker exec till rm /spool/sent/2019-to-2024
