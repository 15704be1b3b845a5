# task: restored
# hint: policy
# after: 3
docker start mailer
