# why: The daemon is well, and the client goes elsewhere. DOCKER_HOST wins over every context, so first the variable goes, then the context becomes the one of this machine.
sed -i '/DOCKER_HOST/d' ~deploy/.profile
su - deploy -c 'docker context use default'
su - deploy -c 'docker ps'
