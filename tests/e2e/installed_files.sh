#!/usr/bin/env bash
# `cmake --install` gives a desktop all it needs: the program runs from there, its entry, metadata and
# icon are valid, a flow file is known as one, and shells and man find what is theirs.
set -euo pipefail
binary=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

cmake --install "$(dirname "$binary")" --prefix "$root/usr" >"$root/log" || { cat "$root/log"; exit 1; }
share=$root/usr/share

"$root/usr/bin/signalbox" --version | grep -q '^signalbox [0-9]' || { echo "the installed program does not run"; exit 1; }

desktop-file-validate "$share/applications/signalbox.desktop"
# The id stays without a domain until the project has one.
appstreamcli validate --no-net --override cid-desktopapp-is-not-rdns=info "$share/metainfo/signalbox.metainfo.xml"

icon=$(sed -n 's/^Icon=//p' "$share/applications/signalbox.desktop")
[ -s "$share/icons/hicolor/scalable/apps/$icon.svg" ] || { echo "there is no icon $icon"; exit 1; }

# The entry opens what the MIME package names, and a flow file is that.
update-mime-database "$share/mime" 2>"$root/log" || { cat "$root/log"; exit 1; }
echo '{ "signalbox": 1 }' >"$root/Order.flow.json"
type=$(XDG_DATA_HOME="$share" XDG_DATA_DIRS="$share" gio info -a standard::content-type "$root/Order.flow.json" |
    sed -n 's/.*content-type: //p')
if [ -z "$type" ] || ! grep -qF ";$type;" <<<";$(sed -n 's/^MimeType=//p' "$share/applications/signalbox.desktop")"; then
    echo "a flow file is '$type', which the entry does not open"
    exit 1
fi

# A manual for man, and completion where bash and zsh look for it, as the program prints it.
page=$(man --warnings -l "$share/man/man1/signalbox.1" 2>"$root/log")
if [ -s "$root/log" ] || ! grep -q 'SIGNALBOX(1)' <<<"$page"; then
    echo "man does not read the manual"
    cat "$root/log"
    exit 1
fi
"$root/usr/bin/signalbox" man | cmp - "$share/man/man1/signalbox.1"
"$root/usr/bin/signalbox" completion bash | cmp - "$share/bash-completion/completions/signalbox"
"$root/usr/bin/signalbox" completion zsh | cmp - "$share/zsh/site-functions/_signalbox"

echo "installed: program, entry, metadata, icon, $type, manual, completion"
