# A mailbox at a provider for a script: Debian's Dovecot on a port of this machine, and fetchmail with the lines of
# Docs/Mail.md, which takes mail out of it and hands it to the desk; scripts read this file behind mail.sh.

# Installs both. False where that cannot be had, which is told.
prepare_fetchmail() {
    { command -v dovecot && command -v fetchmail; } >/dev/null && return 0
    { as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends dovecot-imapd fetchmail; } \
        >"$logs/fetchmail.log" 2>&1 || {
        say "No mailbox is read: dovecot and fetchmail cannot be installed here ($logs/fetchmail.log)."
        return 1
    }
}

# Starts Dovecot on a port, with one mailbox that takes any name and one password. Sets `dovecot`.
open_mailbox() {
    local port=$1
    dovecot=$folder/dovecot
    mkdir -p "$dovecot/home/mail"/{cur,new,tmp}
    chown -R nobody "$dovecot/home"
    cat >"$dovecot/dovecot.conf" <<SETTINGS
base_dir = $dovecot/run
log_path = $dovecot/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/mail
first_valid_uid = 1
service imap-login {
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=mailbox
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$dovecot/home
}
SETTINGS
    dovecot -c "$dovecot/dovecot.conf"
    trap 'status=$?; keep_mail_logs; close_mailbox; close_postfix; close_desk; exit $status' EXIT
}

close_mailbox() { doveadm -c "$dovecot/dovecot.conf" stop 2>/dev/null || true; }

# Puts a mail into the mailbox, as the provider does.
put_into_mailbox() {
    local name=$1.$RANDOM.provider
    sed -E 's/\r$//; s/$/\r/' "$2" >"$dovecot/home/mail/tmp/$name"
    chown nobody "$dovecot/home/mail/tmp/$name"
    mv "$dovecot/home/mail/tmp/$name" "$dovecot/home/mail/new/$name"
}

left_in_mailbox() { find "$dovecot/home/mail"/{cur,new} -type f | wc -l; }

# One look of fetchmail into the mailbox, as Docs/Mail.md has it, but for where that is and what hides it on the way.
fetch_mail() {
    local port=$1 lmtp=$2 status=0
    sed -n "/^# fetchmailrc/,/^\`\`\`/p" Docs/Mail.md | sed -E "/^(\`\`\`|#|set daemon)/d
        s/imap\.example\.org/127.0.0.1/; s/protocol IMAP/protocol IMAP service $port/; s/ssl sslcertck/sslproto \"\"/
        s/password \"[^\"]*\"/password \"mailbox\"/; s/2424/$lmtp/; s/smtpname help@example.org/smtpname hjelp@oslo.norrsken.example/" \
        >"$dovecot/fetchmailrc"
    chmod 700 "$dovecot/fetchmailrc"
    FETCHMAILHOME=$dovecot fetchmail -f "$dovecot/fetchmailrc" --nosyslog >>"$dovecot/fetched" 2>&1 || status=$?
    # 1 says that there was none.
    [ "$status" -le 1 ] || printf 'fetchmail ended with %s\n' "$status" >>"$dovecot/fetched"
}

# Mail out of a mailbox: each is one ticket, leaves the mailbox when it is one, and stays there while it cannot be.
check_mailbox() {
    local port=$1 lmtp=$2 number
    prepare_fetchmail || return 0
    open_mailbox "$port"
    for number in 1 2 3; do
        put_into_mailbox "$number" "$(write_mail "box-$number" "box-$number@customer.example" help@example.org "Box $number")"
    done
    await "the mailbox is open" "(exec 3<>/dev/tcp/127.0.0.1/$port)"
    fetch_mail "$port" "$lmtp"
    must_be "mails left in the mailbox" "$(left_in_mailbox)" 0
    must_be "tickets of a mailbox" "$(box_tickets)" "Box 1, Box 2, Box 3"
    must_be "senders of a mailbox" "$(ask_database "select count(*) from inbound_mail
        where sender like 'box-%@customer.example' and recipient = 'hjelp@oslo.norrsken.example'")" 3

    put_into_mailbox 4 "$(write_mail box-4 box-4@customer.example help@example.org "Box 4")"
    stop_database
    fetch_mail "$port" "$lmtp"
    must_be "mails left in the mailbox while the database is away" "$(left_in_mailbox)" 1
    start_database
    await "the mail is fetched" "fetch_mail $port $lmtp; [ \"\$(left_in_mailbox)\" = 0 ]"
    must_be "tickets of a mailbox after an outage" "$(box_tickets)" "Box 1, Box 2, Box 3, Box 4"
    close_mailbox
    say "4 mails of a mailbox, through fetchmail: 4 tickets, one of them after an outage; none is left there."
}

box_tickets() { ask_database "select string_agg(subject, ', ' order by subject) from ticket where subject like 'Box %'"; }
