# Four containers that are broken, each in its own way, and a store that is well.
sh start.sh
