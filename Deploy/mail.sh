# Mail as it comes and goes with a real server in front: a part of Deploy/test, which reads this file; nobody runs it.

# Installs what hands mail in. False where that cannot be had, which is told.
prepare_mail() {
    [ "$(id -u)" = 0 ] || {
        say "No mail is sent: Postfix starts as root only."
        return 1
    }
    # The package must not set up and start a server of the machine.
    if ! command -v postfix >/dev/null && command -v debconf-set-selections >/dev/null; then
        echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
    fi
    (prepare_machine postfix swaks) >"$logs/mail.log" 2>&1 || {
        say "No mail is sent: postfix and swaks cannot be installed here ($logs/mail.log)."
        return 1
    }
}

part_mail() {
    local programs begun first
    prepare_mail || return 0
    part_build
    programs=$(swift build --show-bin-path)
    open_desk "$programs" letters-out
    first=${here[3]}
    mail_port=$((first + 9))
    open_postfix "$mail_port" $((first + 2)) $((first + 8))
    mkdir "$folder/mails"
    trap 'status=$?; keep_mail_logs; close_postfix; close_desk; exit $status' EXIT

    send_each_kind
    await "each kind of mail is delivered" postfix_is_empty
    check_each_kind
    check_conversation
    send_real_mail
    weather_outage
    check_dialogue
    check_mailbox "$(free_ports)" $((first + 2))
}

keep_mail_logs() {
    cp "$folder/log" "$logs/mail-desk.log"
    cp "$postfix/log" "$logs/mail-postfix.log" 2>/dev/null || true
    cat "${dovecot:-/nowhere}"/{log,fetched} >"$logs/mail-mailbox.log" 2>/dev/null || true
}

# What the desk's database says.
ask_database() {
    "$(postgres_folder)/psql" -h "$folder/desk/socket" -U postgres -d meridian -XAtqc "$1"
}

is_so() { [ "$(ask_database "$1")" = t ]; }

# Waits until a condition holds: a line of the shell, which is run anew each time.
await() {
    local what=$1 condition=$2 begun=$SECONDS
    until eval "$condition" >/dev/null 2>&1; do
        [ $((SECONDS - begun)) -lt 60 ] || {
            say "After a minute it is still not so that $what."
            return 1
        }
        sleep 0.1
    done
}

# What is, and what has to be.
must_be() {
    [ "$2" = "$3" ] && return 0
    say "$1: $2, not $3"
    return 1
}

# The text of a mail, as a file.
write_mail() {
    local file=$folder/mails/$1
    printf 'From: %s\nTo: %s\nSubject: %s\nMessage-ID: <%s@client.example>\n\n%s\n' "$2" "$3" "$4" "$1" "${5:-Please help.}" \
        >"$file"
    printf '%s\n' "$file"
}

send_with_swaks() {
    swaks --server 127.0.0.1 --port "$mail_port" --silent 2 --timeout 20 --ehlo client.example "$@"
}

send_each_kind() {
    local oslo=hjelp@oslo.norrsken.example amsterdam=hulp@amsterdam.norrsken.example
    send_with_swaks --from plain@customer.example --to $oslo --header "Subject: Kind: plain" --body "The door is shut."
    send_with_swaks --from alias@customer.example --to help@partner.example --header "Subject: Kind: alias" --body "Hello."
    head -c 3000000 /dev/urandom >"$folder/mails/big"
    send_with_swaks --from big@customer.example --to $oslo --header "Subject: Kind: big" --body "See the file." \
        --attach-type application/octet-stream --attach-name disk.img --attach "@$folder/mails/big"
    send_with_swaks --from '<>' --to $oslo --header "Subject: Kind: nobody" --body "From a machine without a name."
    # Three addresses, of which the desk does not know one.
    send_with_swaks --from many@customer.example --to "$oslo,$amsterdam,unknown@oslo.norrsken.example" \
        --header "Subject: Kind: many" --body "To all of you."
    # Nobody can be told: of one Postfix hears so later, from the next server, and of one it says so at once.
    send_with_swaks --from lost@gone.example --to $oslo --header "Subject: Kind: bounced" --body "I shall have moved."
    send_with_swaks --from lost@refused.example --to $oslo --header "Subject: Kind: refused" --body "I do not exist."

    begin_posting "$mail_port"
    post "$(write_mail utf8 "Bær <blåbær@customer.example>" $oslo "Kind: utf8" "Blåbærsyltetøy.")" \
        "blåbær@customer.example BODY=8BITMIME SMTPUTF8" $oslo
    post "$(write_mail report noted@customer.example $oslo "Kind: report")" \
        "noted@customer.example RET=HDRS ENVID=QQ314159" "$oslo NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;noted@example.org"
    post "$(write_mail dots dots@customer.example $oslo "Kind: dots" $'.\n..\n.hidden')" dots@customer.example $oslo
    end_posting
}

check_each_kind() {
    local kind tickets lines
    for kind in plain alias big many bounced refused utf8 report dots; do
        tickets=$(ask_database "select count(*) from ticket where subject = 'Kind: $kind'")
        must_be "tickets of the mail \"$kind\"" "$tickets" 1
    done
    must_be "tickets of mail from nobody" "$(ask_database "select count(*) from ticket where subject = 'Kind: nobody'")" 0
    must_be "bytes of the big mail's file" \
        "$(ask_database "select b.size from attachment a join blob b using (sha256) where a.name = 'disk.img'")" 3000000
    lines=$(ask_database "select e.text from entry e join ticket t on t.id = e.ticket where t.subject = 'Kind: dots'")
    must_be "a text of dots" "$lines" $'.\n..\n.hidden'
    # Postfix tells the sender which of the three the desk did not know, and that the watched mail was handed on.
    await "the sender hears of the unknown address" 'grep -qr "5.1.1.*unknown@oslo" "$folder/desk/mail"'
    await "the sender hears of the delivery" 'grep -qr "QQ314159" "$folder/desk/mail"'
}

# Letters go out through Postfix, their answers come back through it, and so does what could not be delivered.
check_conversation() {
    local letter answer ticket="select id from ticket where subject = 'Kind: plain'"
    await "the acknowledgement is caught" "letter_to plain@customer.example"
    letter=$(letter_to plain@customer.example)
    grep -qi "^Return-Path: <bounce+[^>]*@desk.norrsken.example>" "$letter" || must_be "the sender" "$(head -1 "$letter")" bounce+
    answer=$(grep -ioE "desk\+[a-z0-9.]+@desk.norrsken.example" "$letter" | head -1)
    send_with_swaks --from plain@customer.example --to "$answer" --header "Subject: Re: something else" \
        --body "It opened by itself."
    await "the answer is in the ticket" \
        "is_so \"select count(*) = 1 from inbound_mail where kind = 'follow_up' and ticket = ($ticket)\""
    # To the address that cannot be reached the letter went under a name of its own, by which its return is known.
    await "the returned letter is at its ticket" "is_so \"select count(*) = 1 from inbound_mail m
        join ticket t on t.id = m.ticket where m.kind = 'bounce' and t.subject = 'Kind: bounced'
        and m.recipient like 'bounce+%'\""
    await "both lost addresses are marked, and no other" "is_so \"select
        array_agg(address order by address) = '{lost@gone.example,lost@refused.example}'
        from person_address where undeliverable_since is not null\""
    await "a letter goes to an address beyond ASCII" "letter_to blåbær@customer.example"
}

# The file of a letter to an address.
letter_to() { LC_ALL=C grep -lri "^Delivered-To: $1"$'\r' "$folder/desk/mail" | head -1 | grep .; }

send_real_mail() {
    local file number=0
    [ -d ../shared/data/mail ] || {
        say "There is no ../shared/data/mail beside this folder: no real mail is sent."
        return 0
    }
    begin_posting "$mail_port"
    while IFS= read -r file; do
        number=$((number + 1))
        post "$file" "real-$number@writer$((number % 20)).example" pomoc@warszawa.norrsken.example
    done < <(find ../shared/data/mail/{mikel,cpython,replies} -type f -size +0 | LC_ALL=C sort)
    end_posting
    await "all real mail is delivered" postfix_is_empty
    must_be "real mails that are kept" "$(ask_database \
        "select count(distinct sender) from inbound_mail where sender like 'real-%'")" "$number"
    say "Of $number real mails, through Postfix: $(ask_database "select string_agg(n || ' ' || kind, ', ' order by n desc)
        from (select kind, count(*) n from inbound_mail where sender like 'real-%' group by kind) k")."
}

# Mails keep coming while the database is away, and while the gateway is killed: each is one ticket and one letter.
weather_outage() {
    local begun
    send_storm 1 80
    begun=$SECONDS
    stop_database
    send_storm 81 240
    await "Postfix is told to try again" 'grep -q "status=deferred.* 451 4.3.0" "$postfix/log"'
    say "With the database away Postfix holds $(postfix_holds) mails."
    start_database
    await "mails come in again" '[ "$(storm_tickets)" -gt 100 ]'
    kill -KILL "$(program_id intake-gateway)"
    say "The gateway is killed with $(storm_tickets) tickets made; Postfix holds $(postfix_holds) mails."
    await "Postfix has handed over everything" postfix_is_empty
    must_be "tickets of 240 mails" "$(storm_tickets)" 240
    must_be "mails with a ticket" "$(ask_database \
        "select count(distinct subject) from ticket where subject like 'Storm %'")" 240
    await "each has its acknowledgement" '[ "$(storm_letters | cut -d " " -f 1 | sort -u | wc -l)" = 240 ]'
    # A letter may come twice where a line broke behind the final dot, but it is the same letter.
    must_be "letters that are not the same" "$(storm_letters | sort -u | wc -l)" 240
    await "nothing is left over" postfix_is_empty
    say "240 mails, 240 tickets, 240 letters, through the outage of $((SECONDS - begun)) s."
}

# All that the desk answered to Postfix, which a sound server may be told. Prints what Postfix made use of.
check_dialogue() {
    local said expected="220|221 2.0.0|250|354|421 4.3.[02]|451 4.3.0|550 5.1.1|503 5.5.1 No recipient was accepted"
    said=$(sed -nE 's/.*postfix\/lmtp.*: < [^ ]+: //p' "$postfix/log" | grep -vE "^($expected)" | sort -u || true)
    must_be "replies that are out of place" "$said" ""
    say "Postfix said: $(sed -nE 's/.*postfix\/lmtp.*: > [^ ]+: //p' "$postfix/log" \
        | sed -E 's/<[^>]+>/<…>/; s/SIZE=[0-9]+/SIZE=…/; s/(LHLO) .*/\1/' | sort -u | paste -sd ';' | sed 's/;/; /g')"
}

send_storm() {
    local number
    begin_posting "$mail_port"
    for number in $(seq "$1" "$2"); do
        post "$(write_mail "storm-$number" "storm-$number@client$((number % 20)).example" hjelp@oslo.norrsken.example \
            "Storm $number")" "storm-$number@client$((number % 20)).example" hjelp@oslo.norrsken.example
    done
    end_posting
}

storm_tickets() { ask_database "select count(*) from ticket where subject like 'Storm %'" 2>/dev/null || echo 0; }

# Of each letter about the storm, to whom it went and what it is called.
storm_letters() {
    find "$folder/desk/mail" -name '*.eml' -exec awk '
        /^\r?$/ { nextfile }
        tolower($1) == "delivered-to:" { to = $2 }
        tolower($1) == "message-id:" && to ~ /^storm-/ { print to, $2 }' {} +
}

# The database ends, and cannot be started until its settings are as they were.
stop_database() {
    local settings=$folder/desk/postgres/postgresql.auto.conf
    echo "no_such_setting = on" >>"$settings"
    kill -INT "$(head -1 "$folder/desk/postgres/postmaster.pid")"
    await "the database is away" '! is_so "select true"'
}

start_database() {
    sed -i /no_such_setting/d "$folder/desk/postgres/postgresql.auto.conf"
    await "the database is back" 'is_so "select true"'
}

# The process of a program of the desk.
program_id() {
    local id
    for id in $(cat "/proc/$desk/task"/*/children); do
        [ "$(cat "/proc/$id/comm")" != "$1" ] || echo "$id"
    done
}
