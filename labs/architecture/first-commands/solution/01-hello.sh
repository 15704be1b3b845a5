# why: The options come before the image, the command after it. The name is yours to choose, and saves you from copying ids.
docker run --name hello busybox:1.37 echo ahoy
