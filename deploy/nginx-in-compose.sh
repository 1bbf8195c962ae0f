#!/bin/bash
# Serves nginx.conf with the names that compose.yaml gives: of the domain, of the web servers and of the MPC server.
set -eu
made=${MADE:-/tmp/nginx.conf}
sed -e "s/127\.0\.0\.1:3000 /web-1:3000 /" \
    -e "s/127\.0\.0\.1:3001 /web-2:3000 /" \
    -e "s/127\.0\.0\.1:40[01]1 /mpc:4001 /" \
    -e "/127\.0\.0\.1:40[01]2 /d" \
    -e "s/playground\.example/${DOMAIN}/g" \
    "${CONFIGURATION:-/etc/nginx/compose/nginx.conf}" > "$made"
exec nginx -c "$made" -g 'daemon off;'
