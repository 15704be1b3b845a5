# task: loud
# hint: applied
# after: 1
sed -i 's|- ./data:/data|- { type: bind, source: ./data, target: /data, bind: { create_host_path: false } }|' compose.yaml
