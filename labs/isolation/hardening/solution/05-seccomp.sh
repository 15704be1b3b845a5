# why: Without the option the Engine's own profile applies. It refuses about forty system calls that a program in a container hardly ever needs.
sed -i '/seccomp=unconfined/d' run.sh
sh run.sh
curl -sS --retry 40 --retry-delay 1 --retry-all-errors http://localhost:8080
