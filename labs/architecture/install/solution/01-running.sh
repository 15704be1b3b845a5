# why: Installing puts programs and a service on the disk; the service has to run. Packages for Debian and Ubuntu start it by themselves and at every boot, on machines with systemd.
service docker start
docker version
