# why: Files carry numbers. The process runs under mira's number, so it may write where she may, and what it writes is hers. The image need not know her.
docker run --name report --user "$(id -u mira):$(id -g mira)" \
  -v "$PWD/report.sh":/report.sh:ro -v "$PWD/out":/out busybox:1.37 sh /report.sh
ls -ln out
