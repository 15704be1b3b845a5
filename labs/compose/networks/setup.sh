# The shop as it was handed over: two containers on the default bridge, and a configuration that worked on a laptop.
sh start.sh
