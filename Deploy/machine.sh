# What the scripts beside this file ask of the machine; they read it, nobody runs it.

say() { printf '%s\n' "$*" >&2; }

# Ends the script: what was wrong, what to do, and the exit status of sysexits.h.
refuse() {
    say "$(basename "$0"): $1"
    [ -z "${2:-}" ] || say "Try: $2"
    exit "${3:-69}"
}

# Runs a command as root, which is announced before.
as_root() {
    local how=(env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1)
    [ "$(id -u)" = 0 ] || how=(sudo "${how[@]}")
    "${how[@]}" "$@"
}

# Where the system keeps what these functions look at.
etc=/etc
postgres_homes=/usr/lib/postgresql
zoneinfo=/usr/share/zoneinfo

# The folder of the newest PostgreSQL server that the desk can use; fails if there is none.
postgres_folder() {
    local server version newest=0 folder=""
    for server in ${MERIDIAN_POSTGRES_BIN:+"$MERIDIAN_POSTGRES_BIN/postgres"} "$(command -v postgres || true)" \
        "$postgres_homes"/*/bin/postgres; do
        [ -x "$server" ] || continue
        version=$("$server" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
        if [ "$version" -ge 15 ] && [ "$version" -gt "$newest" ]; then
            newest=$version
            folder=$(dirname "$(readlink -f "$server")")
        fi
    done
    [ -n "$folder" ] && printf '%s\n' "$folder"
}

# The toolchain must run here, and be new enough for the sources.
check_toolchain() {
    local place="https://www.swift.org/install (6.3 or newer)" said
    command -v swift >/dev/null || refuse "there is no Swift toolchain on this machine." "$place"
    said=$(swift --version 2>&1) || refuse "the Swift toolchain does not run here: ${said##*$'\n'}" \
        "install the packages that https://www.swift.org/install names for this system."
    [[ $said =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] && [ $((BASH_REMATCH[1] * 100 + BASH_REMATCH[2])) -ge 603 ] \
        || refuse "this toolchain is too old: ${said%%$'\n'*}." "$place"
}

# Installs what is missing to build and to run the desk, and the programs that are named.
prepare_machine() {
    check_toolchain
    local missing=() program
    for program in "$@"; do command -v "$program" >/dev/null || missing+=("$program"); done
    command -v pkg-config >/dev/null || missing+=(pkg-config)
    { command -v pkg-config >/dev/null && pkg-config --exists libpq openssl; } || missing+=(libpq-dev)
    postgres_folder >/dev/null || missing+=(postgresql)
    [ -e "$zoneinfo/Europe/Oslo" ] || missing+=(tzdata)
    [ ${#missing[@]} -gt 0 ] || return 0

    command -v apt-get >/dev/null || refuse "this machine lacks: ${missing[*]} (as Debian calls them)." \
        "install them with the machine's own package tool; PostgreSQL must be 15 or newer."
    if [ "$(id -u)" = 0 ]; then
        say "Installing ${missing[*]} with apt-get."
    else
        command -v sudo >/dev/null || refuse \
            "this machine lacks: ${missing[*]}. Installing them needs root, and there is no sudo." \
            "apt-get install ${missing[*]} as root, then this script again." 77
        say "Installing ${missing[*]} with apt-get, through sudo."
    fi
    as_root apt-get update -qq
    if [[ " ${missing[*]} " == *" postgresql "* ]]; then prepare_postgres; fi
    local log
    log=$(mktemp)
    as_root apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" \
        >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        refuse "apt-get could not install ${missing[*]}; its last lines are above." "apt-get install ${missing[*]}"
    }
    rm -f "$log"
    restore_postgres
    postgres_folder >/dev/null || refuse "PostgreSQL was installed, but no server of version 15 or newer is found." \
        "set MERIDIAN_POSTGRES_BIN to the folder that holds the program postgres."
}

# The desk makes a cluster of its own: the package must not leave another one running on port 5432.
prepare_postgres() {
    local candidate
    candidate=$(apt-cache policy postgresql | sed -nE 's/^ *Candidate: ([0-9]+).*/\1/p')
    [ "${candidate:-0}" -ge 15 ] || refuse \
        "this system's PostgreSQL is version ${candidate:-unknown}; the desk needs 15 or newer." \
        "https://www.postgresql.org/download/linux/debian/"
    local file=$etc/postgresql-common/createcluster.conf
    if grep -Eqs "^[[:space:]]*create_main_cluster[[:space:]]*=[[:space:]]*'?(false|no|off|0)" "$file"; then return 0; fi
    as_root mkdir -p "$(dirname "$file")"
    if [ -e "$file" ]; then
        # One that is there from a run that was cut off is the operator's own.
        [ -e "$file.operator" ] || as_root cp -p "$file" "$file.operator"
        trap restore_postgres EXIT
    fi
    as_root sh -c "printf 'create_main_cluster = false\n' >'$file'"
}

# What an operator has written about clusters of his own holds again after the installation.
restore_postgres() {
    local file=$etc/postgresql-common/createcluster.conf
    trap - EXIT
    [ ! -e "$file.operator" ] || as_root mv "$file.operator" "$file"
}

# What programs of the names start beside themselves.
declare -A beside=([files]=intake-gateway [suppliers]=supplier-worker)

# Builds and runs one of several programs of a kind: NAME stands in FOLDER/NAME and is the product KIND-NAME.
run_named() {
    local kind=$1 folder=$2 options=$3
    shift 3
    local names=()
    local path
    for path in "$folder"/*/; do
        [ -d "$path" ] && names+=("$(basename "$path")")
    done
    if [ $# -eq 0 ] || [ "$1" = --help ] || [ "$1" = -h ] || [ "$1" = --list ]; then
        printf 'Deploy/%s NAME %s\n\nNames: %s\n' "$kind" "$options" "${names[*]:-none so far}"
        return 0
    fi
    local name=$1
    shift
    [[ " ${names[*]:-} " == *" $name "* ]] || refuse "there is no $kind \"$name\"." "Deploy/$kind --list" 64
    prepare_machine
    local product
    for product in "$kind-$name" ${beside[$name]:-}; do swift build -c release --product "$product" >&2; done
    "$(swift build -c release --show-bin-path)/$kind-$name" "$@"
}

# Builds the program that LLVM's fuzzer makes of Tests/Fuzz/http and runs it for so many seconds. It goes on from what led
# somewhere before, in .build/fuzz/corpus; octets that break a rule are kept in .build/fuzz/findings and can be given to
# the program again as its only argument.
fuzz_parsers() {
    local seconds=$1 folder=.build/fuzz
    local options=(-c release --scratch-path "$folder/build" --sanitize=fuzzer)
    mkdir -p "$folder/corpus" "$folder/findings"
    MERIDIAN_BUILD=fuzzers swift build "${options[@]}" --product fuzz-http >&2
    "$(MERIDIAN_BUILD=fuzzers swift build "${options[@]}" --show-bin-path)/fuzz-http" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=512 -print_final_stats=1 \
        -artifact_prefix="$folder/findings/" "$folder/corpus" >&2
}
