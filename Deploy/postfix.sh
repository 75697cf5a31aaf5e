# A Postfix of its own for a script, on ports of this machine only; scripts read this file behind machine.sh and desk.sh.

# Starts it in a folder: mail for the desk goes to the port of LMTP, all other mail to that of the catcher, none leaves the
# machine. Its lines are those of Docs/Mail.md, with the names of the example's addresses. Sets `postfix`.
open_postfix() {
    local port=$1 lmtp=$2 catcher=$3
    postfix=$folder/postfix
    mkdir -p "$postfix/queue" "$postfix/data"
    chown postfix "$postfix/data"
    documented main.cf "$lmtp" | sed -E "/^(relayhost|#)/d" >"$postfix/main.cf"
    documented transport "$lmtp" >"$postfix/transport"
    documented virtual "$lmtp" >"$postfix/virtual"
    cat >>"$postfix/transport" <<MAP
amsterdam.norrsken.example  lmtp:inet:127.0.0.1:$lmtp
warszawa.norrsken.example   lmtp:inet:127.0.0.1:$lmtp
gone.example                lmtp:inet:127.0.0.1:$lmtp
refused.example             error:5.1.1 nobody has this address
MAP
    cat >>"$postfix/main.cf" <<SETTINGS
compatibility_level = 3.6
queue_directory = $postfix/queue
data_directory = $postfix/data
maillog_file = $postfix/log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.norrsken.example
mydestination =
alias_maps =
local_recipient_maps =
local_transport = error:5.1.1 nobody has this address
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = smtp:[127.0.0.1]:$catcher
# What waits is tried again at once.
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
SETTINGS
    sed -E 's/^ +//' >"$postfix/master.cf" <<SERVICES
        127.0.0.1:$port inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 1 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        smtp unix - - n - - smtp
        lmtp unix - - n - - lmtp -v
        error unix - - n - - error
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd
SERVICES
    # The map's files are named by where they are.
    sed -i "s|/etc/postfix|$postfix|" "$postfix/main.cf"
    postmap -c "$postfix" "$postfix/transport" "$postfix/virtual"
    postfix -c "$postfix" start >"$postfix/said" 2>&1 || {
        cat "$postfix/said" "$postfix/log" >&2
        return 1
    }
    trap 'close_postfix; close_desk' EXIT
}

close_postfix() {
    local master
    master=$(cat "$postfix/queue/pid/master.pid" 2>/dev/null) || return 0
    kill -TERM $master 2>/dev/null || return 0
    for _ in {1..50}; do
        kill -0 $master 2>/dev/null || return 0
        sleep 0.1
    done
}

# A file of Postfix as Docs/Mail.md shows it, for the example's addresses.
documented() {
    sed -n "/^# \/etc\/postfix\/$1/,/^\`\`\`/p" Docs/Mail.md | sed -E "/^\`\`\`/d
        s/desk\.internal/oslo.norrsken.example/g; s/help@oslo/hjelp@oslo/g; s/reply\.example\.org/desk.norrsken.example/g
        s/help@example\.org/help@partner.example/g; s/:2424/:$2/"
}

# How many mails it holds.
postfix_holds() { find "$postfix/queue"/{maildrop,incoming,active,deferred} -type f | wc -l; }

postfix_is_empty() { [ "$(postfix_holds)" = 0 ]; }

# One conversation in which mails are handed to a port: `post FILE SENDER RECIPIENT…` each, which says what the server says
# to the first that it does not take.
begin_posting() {
    exec {line}<>"/dev/tcp/127.0.0.1/$1"
    hear 220
    ask_server 250 "EHLO client.example"
}

post() {
    local file=$1 sender=$2 recipient
    shift 2
    ask_server 250 "MAIL FROM:<${sender%% *}>${sender#"${sender%% *}"}"
    for recipient in "$@"; do ask_server 250 "RCPT TO:<${recipient%% *}>${recipient#"${recipient%% *}"}"; done
    ask_server 354 DATA
    LC_ALL=C sed -E 's/\r$//; s/^\./../; s/$/\r/' "$file" >&"$line"
    ask_server 250 $'\r\n.'
}

end_posting() {
    ask_server 221 QUIT
    exec {line}>&-
}

ask_server() {
    printf '%s\r\n' "$2" >&"$line"
    hear "$1" "$2"
}

hear() {
    local said
    while IFS= read -r -t 20 said <&"$line"; do
        if [[ $said == ???-* ]]; then continue; fi
        [[ $said == "$1"* ]] && return 0
        break
    done
    say "To ${2:-the connection} Postfix says: ${said:-nothing}"
    return 1
}
