# step TITLE COMMAND... runs a command quietly: a line when it begins, the seconds it took when it ends, on a terminal the
# seconds as they pass. What it printed is shown only when it fails.

step() {
    local title=$1 log status started=$SECONDS ticker=
    shift
    log=$(mktemp)
    step_log=$log # for whoever cleans up after an interruption
    printf '  %s …' "$title"
    if [ -t 1 ]; then
        (while sleep 1 && kill -0 $$ 2>/dev/null; do printf '\r  %s … %d s' "$title" $((SECONDS - started)); done) &
        ticker=$!
    fi
    "$@" >"$log" 2>&1 </dev/null && status=0 || status=$?
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        printf '\r  %s …' "$title"
    fi
    if [ $status -eq 0 ]; then
        printf ' %d s\n' $((SECONDS - started))
    else
        printf ' failed (exit %d)\n' $status
        tail -n 60 "$log" >&2
    fi
    rm -f "$log"
    return $status
}
