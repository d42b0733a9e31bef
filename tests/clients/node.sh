#!/usr/bin/env bash
# Sourced by tests that need Node. A test that cannot run says why and ends with status 77: skipped.

skipped() {
    echo "skipped: $*"
    exit 77
}

# need_node DIRECTORY: Node 20 or newer and npm are on the PATH. An older Node, as that of Debian 12, fetches a newer
# one from the npm registry into DIRECTORY.
need_node() {
    type node npm >/dev/null 2>&1 || skipped "node and npm are not installed; scripts/setup installs them"
    local version
    version=$(node -p 'process.versions.node')
    [ "${version%%.*}" -lt 20 ] || return 0
    mkdir -p "$1"
    npm install --prefix "$1" --silent --no-audit --no-fund node@20 >&2 ||
        skipped "node is $version, 20 is needed, and the npm registry does not give it"
    PATH=$1/node_modules/.bin:$PATH
    hash -r
}

# install_packages DIRECTORY: what its package-lock.json says. Only a registry that is out of reach is a reason to skip.
install_packages() {
    local package
    (cd "$1" && npm ci --silent --no-audit --no-fund --prefer-offline) && return
    package=$(cd "$1" && node -p 'Object.entries(require("./package.json").dependencies)[0].join("@")')
    npm view "$package" version >/dev/null 2>&1 && return 1
    skipped "the npm registry is out of reach, so $package cannot be installed"
}
