# Shells of a lab node.
PS1='\[\e[1;36m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '
HISTCONTROL=ignoreboth
HISTSIZE=5000
shopt -s checkwinsize histappend
alias ls='ls --color=auto'
alias ll='ls -l'
alias grep='grep --color=auto'
[ -f /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
