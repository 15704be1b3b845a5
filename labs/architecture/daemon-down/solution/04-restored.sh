# why: shop came back with the daemon, because its policy says so. mailer had none; with one it comes back too, unless somebody stopped it on purpose.
docker update --restart unless-stopped mailer
docker start mailer
docker ps
