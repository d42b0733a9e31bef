#!/usr/bin/env bash
# Sourced by the tests of the example workers. Those do the work of LabelPrinting: one is killed in the middle, one is
# stopped until its lease has run out, one only takes long. What they print on is a pipe that nobody reads: they stand
# in the middle until somebody does.
# shellcheck source=signalbox.sh
. "$(dirname "$0")/signalbox.sh"

workers=()
stop_workers() {
    [ "${#workers[@]}" = 0 ] || kill -9 "${workers[@]}" 2>/dev/null || true
    stop_all
}
trap stop_workers EXIT

# start_worker PROGRAM PRINTER LEASE: sets $worker, and $said to what it says, as a file.
start_worker() {
    said=$work/said-${#workers[@]}
    SIGNALBOX_KEY=$key "$source_directory/resources/examples/workers/$1" "$url" --printer "$2" --lease "$3" 2>"$said" &
    worker=$!
    disown "$worker"
    workers+=("$worker")
}

# has_said FILE PATTERN [TIMES]: waits until a worker has said it.
has_said() {
    until [ "$(grep -c "$2" "$1")" -ge "${3:-1}" ]; do
        kill -0 "$server" || fail "the server is gone"
    done
}

start_label() {
    call POST "/runtime/webhooks/durabletask/orchestrators/LabelPrinting/$1" \
        "{\"order\":\"$1\",\"address\":\"$2\"}"
    [ "$status" = 202 ] || fail "start $1: $status $body"
}

# history_of ID: sets $history to "what it was:how often" of its activity.
history_of() {
    call GET "$instances/$1?showHistory=true"
    history=$(jq -r '[.historyEvents[].EventType | select(startswith("Task"))] | group_by(.)
        | map("\(.[0]):\(length)") | join(" ")' <<<"$body")
}

expect() { [ "$2" = "$3" ] || fail "$1: $2, expected $3"; }

a_killed_worker_is_replaced() {
    local id=killed-$1 first
    mkfifo "$work/$id.pipe"
    start_worker "$1" "$work/$id.pipe" 1
    first=$worker
    start_label "$id" "Ada Lovelace, London"
    has_said "$said" "prints .* attempt 1"
    kill -9 "$first"
    start_worker "$1" "$work/$id.labels" 30
    wait_for_end "$id"
    expect "$id ended" "$(jq -r .runtimeStatus <<<"$body")" Completed
    expect "the number on the label" "$(head -1 "$work/$id.labels")" "$(jq -r .output.tracking <<<"$body")"
    expect "labels" "$(grep -c '^SB-' "$work/$id.labels")" 1
    has_said "$said" "prints .* attempt 2"
    has_said "$said" "^done"
    history_of "$id"
    expect "its activity" "$history" "TaskCompleted:1 TaskFailed:1"
    kill -9 "$worker"
}

a_late_result_is_not_taken() {
    local id=late-$1 first first_said
    mkfifo "$work/$id.pipe"
    start_worker "$1" "$work/$id.pipe" 1
    first=$worker first_said=$said
    start_label "$id" "Ada Lovelace, London"
    has_said "$first_said" "prints .* attempt 1"
    kill -STOP "$first"
    start_worker "$1" "$work/$id.labels" 30
    wait_for_end "$id"
    local output
    output=$(jq -Sc .output <<<"$body")
    kill -CONT "$first"
    cat "$work/$id.pipe" >/dev/null
    has_said "$first_said" "^dropped .* 409"
    history_of "$id"
    expect "its activity" "$history" "TaskCompleted:1 TaskFailed:1"
    expect "its output" "$(jq -Sc .output <<<"$body")" "$output"
    kill -9 "$worker" "$first"
}

a_heartbeat_keeps_the_lease() {
    local id=slow-$1
    mkfifo "$work/$id.pipe"
    start_worker "$1" "$work/$id.pipe" 6
    start_label "$id" "Ada Lovelace, London"
    has_said "$said" "^has .* until" 4 # one in each third of a lease
    cat "$work/$id.pipe" >/dev/null
    wait_for_end "$id"
    history_of "$id"
    expect "its activity" "$history" "TaskCompleted:1"
    kill -9 "$worker"
}

a_failure_is_reported() {
    local id=empty-$1
    start_worker "$1" "$work/$id.labels" 30
    start_label "$id" " "
    wait_for_end "$id"
    expect "$id ended" "$(jq -r .runtimeStatus <<<"$body")" Failed
    history_of "$id"
    expect "its activity" "$history" "TaskFailed:1"
    expect "why" "$(jq -r '[.historyEvents[] | select(.EventType == "TaskFailed")][0].Reason' <<<"$body")" \
        "the address is empty"
    kill -9 "$worker"
}

# drive PROGRAM
drive() {
    local check
    for check in a_heartbeat_keeps_the_lease a_killed_worker_is_replaced a_late_result_is_not_taken \
        a_failure_is_reported; do
        # A worker that was killed while it waited would still be given the next work: each check has its own server.
        start_server
        "$check" "$1"
        kill_server
        rm -rf "$work/data"
    done
    echo "passed: $1"
}
