#!/usr/bin/env bash
# The example worker in Node: killed in the middle, late, slow, failing. Skipped without Node.
# shellcheck source=workers.sh
. "$(dirname "$0")/workers.sh"
# shellcheck source=../clients/node.sh
. "$(dirname "$0")/../clients/node.sh"

need_node "$work/node"
drive print_label.mjs
