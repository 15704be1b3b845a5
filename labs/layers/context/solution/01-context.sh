# why: A list of what comes in cannot forget anything: what somebody puts into the folder tomorrow stays out until it is named.
printf '*\n!public\n' > .dockerignore
