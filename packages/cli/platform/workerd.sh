#!/bin/sh
# Starts workerd and lets it end with its parent: Miniflare ends it on an ordinary stop, but a parent that is killed
# outright can't, and workerd would hold the port and the databases for ever.
parent=$PPID
(
  while kill -0 "$parent" && kill -0 $$; do sleep 1; done
  kill -9 $$
) </dev/null >/dev/null 2>&1 3>&- &
# Ctrl-C reaches the whole group: the parent decides when workerd ends.
trap "" INT HUP
exec "$MOZAIKS_WORKERD" "$@"
