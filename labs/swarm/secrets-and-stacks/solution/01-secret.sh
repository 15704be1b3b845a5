# why: Managers keep it encrypted, and hand it only to nodes that run a task which needs it. printf and not echo, because the line break would be a part of it.
printf %s "$LAB_PASSWORD" | docker secret create store_password -
