# Login shells read the same file.
. /root/.bashrc
