#!/usr/bin/env bash
# Our validator of JSON Schema and npm ajv on the same generated pairs of schema and value. $1 = the
# program that generates them. Without node, npm or the npm registry there is nobody to ask: status
# 77, skipped.
set -euo pipefail
pairs=$1
clients=$(cd "$(dirname "$0")" && pwd)
here=$clients/schema_oracle
# shellcheck source=node.sh
. "$clients/node.sh"
count=${2:-2000}
seed=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

need_node "$work/node"
cp "$here/package.json" "$here/package-lock.json" "$here/compare.js" "$work/"
install_packages "$work"

"$pairs" "$seed" "$count" >"$work/pairs"
(cd "$work" && node compare.js "$count" \
    type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength \
    pattern minItems maxItems uniqueItems minProperties maxProperties required dependentRequired \
    dependentSchemas propertyNames properties patternProperties additionalProperties prefixItems \
    items contains minContains maxContains allOf anyOf oneOf not if then else \
    '$ref' '$dynamicRef' '$anchor' '$dynamicAnchor' '$id' '$defs' \
    unevaluatedProperties unevaluatedItems <"$work/pairs")
