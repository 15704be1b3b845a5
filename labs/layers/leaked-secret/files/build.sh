#!/bin/sh
# Builds the site: sh build.sh ferry:1.5. The depot, which has the rates, listens on this host.
docker build --progress plain --add-host depot:host-gateway -t "$1" .
