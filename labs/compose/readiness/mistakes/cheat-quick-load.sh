# task: ready
# hint: condition
# after: 1
# why: A database that is quick today, with tables that are not there tomorrow.
sed -i '/sleep/d' init/10-load.sh
