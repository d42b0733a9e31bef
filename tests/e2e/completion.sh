#!/usr/bin/env bash
# What the Tab key does in a real bash and a real zsh, with a Signalbox that runs. Where zsh is missing
# only what bash would be told is looked at.
source "$(dirname "$0")/signalbox.sh"

# The words that bash offers, one a line. Each argument is a word as bash has split the line.
offered() {
    SIGNALBOX_KEY=$key bash --norc -c '
        source "$1"
        shift
        COMP_LINE=$1
        shift
        COMP_POINT=${#COMP_LINE} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _signalbox
        printf "%s\n" "${COMPREPLY[@]}"' bash "$source_directory/resources/completion/signalbox.bash" "$@" | sort
}

# expect LINE WORDS… -- EXPECTED…
expect() {
    local line=$1 words=() expected
    shift
    while [ "$1" != -- ]; do
        words+=("$1")
        shift
    done
    shift
    expected=$(printf '%s\n' "$@" | sort)
    [ "$(offered "$line" "${words[@]}")" = "$expected" ] ||
        fail "bash offers for '$line': $(offered "$line" "${words[@]}" | tr '\n' ' '), expected: $*"
}

start_server
call POST /runtime/webhooks/durabletask/orchestrators/WaitOneHour/order:7 '{}'
call POST /runtime/webhooks/durabletask/orchestrators/WaitOneHour/big%20one '{}'
data="--data $work/data"
read -ra data_words <<<"$data"

expect "$binary susp" "$binary" susp -- suspend
expect "$binary show $data o" "$binary" show "${data_words[@]}" o -- order:7
expect "$binary show $data order:" "$binary" show "${data_words[@]}" order : -- 7
expect "$binary show $data b" "$binary" show "${data_words[@]}" b -- 'big\ one'
expect "$binary raise $data order:7 " "$binary" raise "${data_words[@]}" order : 7 '' -- Approval
expect "$binary list --status=Fai" "$binary" list --status = Fai -- Failed
expect "$binary list --status Failed,Com" "$binary" list --status Failed,Com -- Failed,Completed
expect "$binary list --wai" "$binary" list --wai -- --waiting
expect "$binary start $data WaitO" "$binary" start "${data_words[@]}" WaitO -- WaitOneHour
expect "$binary keys r" "$binary" keys r -- revoke rotate
expect "$binary completion " "$binary" completion '' -- bash zsh
# Nobody is asked who does not run, and nothing is opened.
expect "$binary show --data $work/none o" "$binary" show --data "$work/none" o -- ''
[ ! -e "$work/none" ] || fail "completion has made $work/none"
touch "$work/a.flow.json"
expect "$binary deploy $work/a" "$binary" deploy "$work/a" -- "$work/a.flow.json"

command -v zsh >/dev/null || { echo "completion: bash; zsh is not installed"; exit 0; }
# A shell at a terminal: the line is typed, Tab included, and the program is replaced by what prints
# the words that it got.
typed() {
    BINARY=$binary SIGNALBOX_KEY=$key RESOURCES=$source_directory/resources/completion zsh -f -c '
        zmodload zsh/zpty
        zpty shell "$1"
        zpty -w shell "$2"
        zpty -w shell "echo REA\"\"DY"
        zpty -r -m shell heard "*READY*"
        zpty -w -n shell "$3"$'"'\n'"'
        zpty -r -m shell heard "*RAN:*:END*"
        heard=${heard##*RAN:}
        print -r -- "${heard%%:END*}"' typed "$@"
}
# shellcheck disable=SC2016
program='signalbox() { if [ "$1" = __complete ]; then "$BINARY" "$@"; else printf "RA""N:"; printf "%s|" "$@"; printf ":EN""D\n"; fi; }'
# shellcheck disable=SC2016
in_zsh='PROMPT=; unsetopt zle_bracketed_paste; fpath=("$RESOURCES" $fpath); autoload -Uz compinit; compinit -u -D; bindkey "^I" complete-word; '$program
# shellcheck disable=SC2016
in_bash='PS1=; bind "set enable-bracketed-paste off"; source "$RESOURCES/signalbox.bash"; '$program
tab=$'\t'
for shell in zsh bash; do
    if [ $shell = zsh ]; then start='zsh -f -i' setup=$in_zsh; else start='bash --norc -i' setup=$in_bash; fi
    for line in "susp$tab" "show $data ord$tab" "show $data bi$tab" "list --status=Fai$tab" "raise $data order:7 App${tab}true"; do
        heard=$(typed "$start" "$setup" "signalbox $line")
        case $line in
        susp*) expected='suspend|' ;;
        show*ord*) expected="show|--data|$work/data|order:7|" ;;
        show*) expected="show|--data|$work/data|big one|" ;;
        list*) expected='list|--status=Failed|' ;;
        raise*) expected="raise|--data|$work/data|order:7|Approval|true|" ;;
        esac
        [ "$heard" = "$expected" ] || fail "$shell made '$heard' of '$line', expected '$expected'"
    done
done
echo "completion: bash and zsh"
