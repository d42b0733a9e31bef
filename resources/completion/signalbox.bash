# Completion of signalbox for bash. The program itself says what may follow.

# The words up to the cursor into `words`. Bash ends words at ':' and '=', signalbox does not: what
# stands together is one word.
_signalbox_words() {
    local line=$COMP_LINE rest word i
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        rest=${line#"${line%%[![:space:]]*}"}
        if ((i > 0)) && [[ $rest == "$line" ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        line=${rest#"$word"}
    done
}

_signalbox() {
    local words=() asked=() lines=() current=${COMP_WORDS[COMP_CWORD]} word before quote line
    _signalbox_words
    for word in "${words[@]:1}"; do
        word=${word#[\'\"]}
        word=${word%[\'\"]}
        asked+=("${word//\\/}")
    done
    # Of the last word bash replaces only what it takes for it.
    before=${words[-1]}
    [[ $current =~ ^[:=]*$ ]] || before=${before%"$current"}
    [[ $current == [\'\"]* ]] && quote=${current:0:1}
    COMPREPLY=()
    mapfile -t lines < <("${words[0]/#\~\//$HOME/}" __complete "${asked[@]}" 2>/dev/null)
    ((${#lines[@]})) || return 0
    for line in "${lines[@]:0:${#lines[@]}-1}"; do
        word=${line%%$'\t'*}
        word=${word#"${before//\\/}"}
        [[ -n $quote || $word =~ ^[[:alnum:]_./:=,@%+-]*$ ]] || printf -v word '%q' "$word"
        COMPREPLY+=("$word")
    done
    current=${current#[:=]}
    case ${lines[-1]} in
    :files) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current") ;;
    :directories) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$current") ;;
    *) return 0 ;;
    esac
    compopt -o filenames 2>/dev/null
    return 0
}

complete -F _signalbox signalbox
