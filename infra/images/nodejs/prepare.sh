# Runs before the packages are installed: the user that people know from this image.
groupadd --gid 1000 node
useradd --uid 1000 --gid node --shell /bin/bash --create-home node
