#!/usr/bin/env bash
# The example worker in Python: killed in the middle, late, slow, failing.
# shellcheck source=workers.sh
. "$(dirname "$0")/workers.sh"

drive print_label.py
