#!/usr/bin/env bash
# The client of Durable Functions against `signalbox serve`, in webhook and in RPC mode. $1 = the binary, further
# arguments: the files to run (all).
set -euo pipefail
SIGNALBOX=$(realpath "$1")
export SIGNALBOX
shift
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../node.sh
. "$here/../node.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

need_node "$work/node"
cp -r "$here/." "$work/client"
install_packages "$work/client"
cd "$work/client"
files=("$@")
[ "${#files[@]}" -gt 0 ] || files=(*.test.js)
node --test --test-reporter=spec "${files[@]}"
