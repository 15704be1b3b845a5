# Runs inside the new root file system: serve one folder on port 80 and log to the container's own output.
rm -rf /etc/nginx/sites-enabled /etc/nginx/sites-available /var/www/html
mkdir -p /usr/share/nginx/html /etc/nginx/conf.d
sed -i 's#^error_log .*#error_log /dev/stderr;#; s#access_log .*#access_log /dev/stdout;#; /sites-enabled/d' /etc/nginx/nginx.conf
cat > /etc/nginx/conf.d/default.conf <<'CONF'
server {
    listen 80;
    root /usr/share/nginx/html;
    index index.html;
}
CONF
cat > /usr/share/nginx/html/index.html <<'HTML'
<!doctype html>
<title>Welcome aboard</title>
<h1>nginx is running in a container</h1>
HTML
