# task: serve
# hint: detached
# after: 1
# why: Started in the foreground, and watched: it runs, but only for as long as somebody looks on.
setsid docker run --name web nginx:1.26 >/dev/null 2>&1 </dev/null &
until docker exec web true 2>/dev/null; do sleep 0.2; done
