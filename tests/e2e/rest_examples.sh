#!/usr/bin/env bash
# Runs every example of docs/rest.md against a Signalbox of its own. $1 = the binary, $2 = the source directory.
exec python3 "$(dirname "$0")/rest_examples.py" "$@"
