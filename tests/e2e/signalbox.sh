#!/usr/bin/env bash
# Sourced by the end-to-end tests: a Signalbox and the example shop on a new directory, driven by curl.
# Expects $1 = the binary, $2 = the source directory.
set -euo pipefail

binary=$1
source_directory=$2
work=$(mktemp -d)
key=e2e-key
server=
shop=
url=
starts=0

stop_all() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
    [ -z "$shop" ] || kill "$shop" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop_all EXIT

fail() {
    echo "FAILED: $*" >&2
    [ ! -f "$work/log" ] || tail -20 "$work/log" >&2
    exit 1
}

start_shop() {
    mkfifo "$work/shop"
    "$source_directory/resources/examples/shop" 0 >"$work/shop" &
    shop=$!
    read -r shop_url <"$work/shop"
}

start_server() {
    rm -f "$work/ready"
    mkfifo "$work/ready"
    "$binary" serve --data "$work/data" --port 0 --key "$key" --allow http \
        --flows "$source_directory/resources/examples" >"$work/ready" 2>>"$work/log" &
    server=$!
    disown "$server"
    local line=
    read -r -t 30 line <"$work/ready" || fail "signalbox serve printed no line"
    url=$(jq -er .url <<<"$line") || fail "not the promised line: $line"
    starts=$((starts + 1))
}

kill_server() {
    kill -9 "$server" 2>/dev/null || true
    while kill -0 "$server" 2>/dev/null; do :; done
    server=
}

# Only if it is gone.
revive_server() {
    if [ -z "$server" ] || ! kill -0 "$server" 2>/dev/null; then
        start_server
    fi
}

# call METHOD PATH [BODY [EVENT_ID]]: sets $status and $body; a call without an answer is repeated.
call() {
    local arguments=(-s -X "$1" -H "x-functions-key: $key" -o "$work/body" -w '%{http_code}' --max-time 20)
    [ $# -lt 3 ] || arguments+=(-H 'Content-Type: application/json' -d "$3")
    [ $# -lt 4 ] || arguments+=(-H "Idempotency-Key: $4")
    local tries
    for tries in $(seq 1 200); do
        revive_server
        rm -f "$work/body"
        if status=$(curl "${arguments[@]}" "$url$2"); then
            body=$(cat "$work/body" 2>/dev/null || true)
            return
        fi
    done
    fail "$1 $2: no answer in $tries tries"
}

instances=/runtime/webhooks/durabletask/instances

# start_order ID
start_order() {
    call POST "/runtime/webhooks/durabletask/orchestrators/OrderFulfillment/$1" \
        "{\"id\":\"$1\",\"shop\":\"$shop_url\",\"payment\":{\"amount\":120}}"
    # A repeated start finds the instance that the unanswered one made.
    [ "$status" = 202 ] || [ "$status" = 409 ] || fail "start $1: $status $body"
}

# raise ID EVENT BODY EVENT_ID
raise() {
    call POST "$instances/$1/raiseEvent/$2" "$3" "$4"
    [ "$status" = 202 ] || fail "raise $2 for $1: $status $body"
}

# wait_for_end ID: until it is no longer live; sets $body to its status.
wait_for_end() {
    local tries
    for tries in $(seq 1 3000); do
        call GET "$instances/$1"
        [ "$status" = 202 ] || return 0
    done
    fail "$1 did not end after $tries looks: $body"
}

# check_order ID: the output is the expected one and each event was taken once.
check_order() {
    wait_for_end "$1"
    local output expected
    output=$(jq -Sc .output <<<"$body")
    expected=$(jq -Sc . <<<'{"status":"Completed","transactionId":"tx-1","trackingHistory":
        [{"status":"Packed"},{"status":"InTransit"},{"status":"Delivered"}]}')
    [ "$output" = "$expected" ] || fail "$1 ended with $output, expected $expected"
    call GET "$instances/$1?showHistory=true"
    local raised
    raised=$(jq '[.historyEvents[] | select(.EventType == "EventRaised")] | length' <<<"$body")
    [ "$raised" = 4 ] || fail "$1 has $raised events in its history, expected 4"
}
