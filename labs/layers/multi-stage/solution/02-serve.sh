# why: An image that is small and does not run is very small. The library is there because all of what was installed came along, not the program alone.
docker run -d --name beacon -p 8080:8000 beacon
curl -sS --retry 20 --retry-delay 1 --retry-all-errors http://localhost:8080
