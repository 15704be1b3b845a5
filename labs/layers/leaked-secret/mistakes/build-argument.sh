# task: clean
# hint: history
# after: 2
cat > Dockerfile <<'EOF'
FROM busybox:1.37
ARG TOKEN
WORKDIR /srv
COPY index.html .
RUN wget -q -O rates.csv --header "Authorization: Basic $(printf 'ferry:%s' "$TOKEN" | base64)" http://depot:8081/rates.csv
EXPOSE 8000
CMD ["httpd", "-f", "-p", "8000"]
EOF
docker build --add-host depot:host-gateway --build-arg TOKEN="$(cat token.txt)" -t ferry:1.5 .
