# task: small
# hint: layer
# after: 0
sed -i 's/^EXPOSE/RUN rm -rf \/src \/usr\/lib\/gcc \/usr\/libexec\/gcc \/usr\/bin\/*gcc*\nEXPOSE/' Dockerfile
docker build -t beacon .
