# why: -a adds; without it, the list replaces all her other groups. A shell that is open already does not know of it: groups are read at the login.
usermod -aG docker mira
su - mira -c 'docker version'
