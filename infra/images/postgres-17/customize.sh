# Runs inside the new root file system.
version=$(ls /usr/lib/postgresql)
# Databases begin with the defaults in this file: reachable from other containers.
sed -i "s/^#listen_addresses = 'localhost'/listen_addresses = '*'/" "/usr/share/postgresql/$version/postgresql.conf.sample"
grep -q "^listen_addresses = '\*'" "/usr/share/postgresql/$version/postgresql.conf.sample"
# Compiling queries to machine code takes 150 MB of libraries and pays for large analyses alone.
rm -rf "/usr/lib/postgresql/$version/lib/bitcode" "/usr/lib/postgresql/$version/lib/"llvmjit*
rm -f /usr/lib/*/libLLVM* /usr/lib/llvm-*/lib/libLLVM* /usr/lib/*/libz3.so*
# A key of its own for every build, which nothing in the image uses.
rm -rf /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem /etc/postgresql /var/log/postgresql
mkdir -p /docker-entrypoint-initdb.d /var/lib/postgresql/data /var/run/postgresql
chown -R postgres:postgres /var/lib/postgresql
chmod 700 /var/lib/postgresql/data
