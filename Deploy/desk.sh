# A desk of its own for a script: the example organisation on free ports in a temporary folder. Scripts read this file
# behind machine.sh; nobody runs it.

# The first of ten ports in a row on which nobody listens.
free_ports() {
    local first port
    for _ in {1..50}; do
        first=$((20000 + RANDOM % 12000))
        for port in $(seq "$first" $((first + 9))); do
            if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue 2; fi
        done
        printf '%s\n' "$first"
        return 0
    done
    return 1
}

# Opens the desk with the programs of a folder, until the script ends. Sets `folder` (it holds the log) and `here`,
# the options by which deskctl finds the desk. With `letters-out` its letters go to the tenth port, not to the catcher.
open_desk() {
    local programs=$1 name ports begun=$SECONDS
    # What this shell is set up for is another desk.
    for name in ${!MERIDIAN_*}; do
        [ "$name" = MERIDIAN_POSTGRES_BIN ] || unset "$name"
    done
    folder=$(mktemp -d /tmp/meridian-desk-XXXXXX)
    chmod 711 "$folder"
    ports=$(free_ports) || refuse "no ten free ports in a row were found." "stop what listens on so many of them."
    here=(--data "$folder/desk" --ports-from "$ports")
    [ "${2:-}" != letters-out ] || export MERIDIAN_SMTP=smtp://127.0.0.1:$((ports + 9))
    : >"$folder/log"
    "$programs/deskctl" up --example "${here[@]}" >"$folder/log" 2>&1 &
    desk=$!
    trap close_desk EXIT
    trap 'exit 130' INT TERM

    until grep -q "^The desk is open" "$folder/log"; do
        if ! kill -0 "$desk" 2>/dev/null || [ $((SECONDS - begun)) -gt 120 ]; then
            tail -n 40 "$folder/log" >&2
            refuse "the desk did not open; the last lines of its log are above." "Deploy/quickstart" 1
        fi
        sleep 0.2
    done
    say "The desk opened after $((SECONDS - begun)) s."
}

close_desk() {
    kill -TERM "$desk" 2>/dev/null || true
    wait "$desk" 2>/dev/null || true
    rm -rf "$folder"
}
