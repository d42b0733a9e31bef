#!/usr/bin/env bash
# Drives npm durable-functions against `signalbox serve --rpc`. $1 = the binary. Without node, npm or
# the npm registry there is nothing to drive it with: status 77, skipped.
set -euo pipefail
binary=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

mkdir "$work/flows"
cp "$here/package.json" "$here/durable_functions.js" "$work/"
cp "$here/waiting.flow.json" "$here/hasty.flow.json" "$work/flows/"
command -v node npm >/dev/null || exit 77
(cd "$work" && npm install --silent --no-audit --no-fund) || exit 77

mkfifo "$work/ready"
"$binary" serve --data "$work/data" --key client-key --rpc --flows "$work/flows" \
    >"$work/ready" 2>"$work/log" &
server=$!
read -r line <"$work/ready"
url=$(node -p 'JSON.parse(process.argv[1]).url' "$line")
(cd "$work" && node durable_functions.js "$url" client-key) || { cat "$work/log" >&2; exit 1; }
