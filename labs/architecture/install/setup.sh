# A user with a group of her own choice, a secret of the machine, and an Engine that nobody has started.
groupadd pilots
useradd --create-home --shell /bin/bash --groups pilots mira
(umask 077; tr -dc a-z </dev/urandom | head -c 24 > /etc/harbour.key)
service docker stop
