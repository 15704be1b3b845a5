# Runs before the packages are installed: the user with the id that people know from this image.
groupadd --system --gid 999 redis
useradd --system --uid 999 --gid redis --home-dir /data --no-create-home --shell /usr/sbin/nologin redis
