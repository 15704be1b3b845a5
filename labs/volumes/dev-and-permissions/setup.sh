# A colleague with a number of her own, and a folder that is hers.
useradd --create-home --uid "$LAB_UID" --shell /bin/bash mira
mkdir out
chown mira:mira out
# Her folder lies below root's, which others may not enter by default.
chmod 711 /root
