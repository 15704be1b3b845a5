# task: clean
# hint: rates
# after: 2
# why: No token, no leak, no rates.
printf 'FROM busybox:1.37\nWORKDIR /srv\nCOPY index.html .\nCMD ["httpd", "-f", "-p", "8000"]\n' > Dockerfile
sh build.sh ferry:1.5
