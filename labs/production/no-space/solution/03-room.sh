# why: The cache of an image that is gone and the layer of a trial run are nobody's data. They are removed by name and kind; the archive stays, because it was looked at first.
docker builder prune -af
docker rm trial
