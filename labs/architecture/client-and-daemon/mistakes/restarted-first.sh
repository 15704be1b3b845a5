# task: outlive
# hint: setting
# after: 0
service docker restart
