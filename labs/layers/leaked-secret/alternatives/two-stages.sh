# task: clean
# why: The stage that knows the token is not shipped; the last one takes over the rates alone.
cat > Dockerfile <<'EOF'
FROM busybox:1.37 AS fetch
COPY token.txt /tmp/token.txt
RUN wget -q -O /rates.csv --header "Authorization: Basic $(printf 'ferry:%s' "$(cat /tmp/token.txt)" | base64)" http://depot:8081/rates.csv
FROM busybox:1.37
WORKDIR /srv
COPY index.html .
COPY --from=fetch /rates.csv .
EXPOSE 8000
CMD ["httpd", "-f", "-p", "8000"]
EOF
sh build.sh ferry:1.5
