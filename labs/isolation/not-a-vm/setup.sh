# One container with a main process and a child; start.sh is the learner's to run again.
sh start.sh
