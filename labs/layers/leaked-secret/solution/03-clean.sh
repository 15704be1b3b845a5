# why: The file is mounted for this one RUN and is in no layer; what is written down is that a secret with this id was used, not what it said.
cat > Dockerfile <<'EOF'
FROM busybox:1.37
WORKDIR /srv
COPY index.html .
RUN --mount=type=secret,id=token wget -q -O rates.csv --header "Authorization: Basic $(printf 'ferry:%s' "$(cat /run/secrets/token)" | base64)" http://depot:8081/rates.csv
EXPOSE 8000
CMD ["httpd", "-f", "-p", "8000"]
EOF
sed -i 's/^docker build/docker build --secret id=token,src=token.txt/' build.sh
sh build.sh ferry:1.5
