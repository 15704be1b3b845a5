# Runs inside the new root file system: npm under its usual names, and without its manual.
ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ln -s ../../bin/node /usr/local/bin/node
rm -rf /usr/local/lib/node_modules/npm/docs /usr/local/lib/node_modules/npm/man
npm --version
