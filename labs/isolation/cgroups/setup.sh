# The harbour as the learner finds it; start.sh is theirs to run again.
sh start.sh
