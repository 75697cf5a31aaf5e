/// The words by which mail servers tell why they refuse, in the order in which they are looked for: what is said of the
/// sender or of the message comes before what is said of the recipient, whom servers name in either case.
enum BounceWords {
    /// The reason that the words state.
    static func plain(in words: FoldedWords) -> Bounce.Reason? {
        plain.first { words.containsAny(of: $0.phrases) }?.reason
    }

    /// The reason that they leave to be guessed: what servers say of nearly everything.
    static func vague(in words: FoldedWords) -> Bounce.Reason? {
        vague.first { words.containsAny(of: $0.phrases) }?.reason
    }

    private static let plain: [(reason: Bounce.Reason, phrases: [String])] = [
        (
            .mailboxFull,
            [
                "mailbox*full", "mailbox*exceed", "over quota", "overquota", "over*quota", "quota exceeded",
                "quota*exceeded", "exceeded*quota", "exceed*quota", "exceeded storage", "exceeds allowed size",
                "insufficient*storage", "not enough storage", "not enough*space", "too much mail data", "disk quota",
                "no space left", "disk full", "diskspace", "out of storage", "storage limit", "user full",
                "full mailbox", "maildir*full", "boite*pleine", "quota",
            ]
        ),
        (
            .tooBig,
            [
                "message*too big", "message*too large", "mail*too large", "size limit", "message size exceed",
                "size exceeds", "exceeds*maximum*size", "message*larger than", "exceeds size", "maximum message size",
                "message file too big", "max message size",
            ]
        ),
        (
            .exceedsLimit,
            ["length exceeds*limit", "exceeds*administrative limit", "message header size exceeds"]
        ),
        (
            .virus, ["virus", "malware", "infected", "trojan", "phishing"]
        ),
        (
            .authenticationFailed,
            [
                "dmarc", "dkim*fail", "spf*fail", "fail*spf", "spf*not pass", "not pass*authentication",
                "unauthenticated email", "sender is unauthenticated", "email authentication", "not*authorized to send",
                "spf check", "spf record", "spf:", "(spf)",
            ]
        ),
        (
            .noReverseName,
            [
                " ptr ", "reverse dns", "reverse-dns", "rdns", "reverse lookup", "reverse*hostname", "reverse name",
                "ip name lookup failed", "reverse record", "reverse address", "fcrdns", "find your hostname",
                "find your reverse", " ip *resolve", "address does not*resolve", "sender ip must resolve",
                "client host rejected: cannot find",
            ]
        ),
        (.badReputation, ["low reputation", "bad reputation", "poor reputation", "reputation of"]),
        (
            .spam,
            [
                "spam detected", "spam*classif", "considered spam", "identified as spam", "is spam", "spam message",
                "looks like spam", "spam content", "spam score", "spam filter", "rejected*spam", "spam-like", "spammy",
                " ube", "unsolicited", "junk mail", "bulk mail", "detected as spam", "spam rejected",
                "high probability of spam", "marked as spam", "message content rejected", "appears to be spam",
                "similar to spam",
            ]
        ),
        (
            .notCompliant,
            ["not rfc", "rfc*compliant", "rfc 5322", "rfc 2822", "multiple*from: header", "multiple*headers"]
        ),
        (
            .tooMany,
            [
                "too many connections", "too many*sessions", "too many recipients", "too many messages",
                "too many emails", "connection frequency", "connection rate", "rate limit", "throttl", "too fast",
                "concurrent connections", "too many concurrent", "max connections", "over rate", "sending rate",
            ]
        ),
        (
            .rejected,
            [
                "sender address rejected", "sender*rejected", "domain of sender", "sender domain", "sender*denied",
                "sender verify", "sender address verif", "invalid sender", "unknown sender", "sender*not exist",
                "sender*invalid", "bad sender", "sender refused", "from address", "not accept mail from",
                "sender is not", "envelope sender", "backscatter", "empty envelope", "null sender", "rule imposed",
                "are not a member", "not a member", "permission to post", "not allowed to post", "user complaints",
                "sender*blocked", "on the sender", "administrative prohibition", "sender not", "return path",
            ]
        ),
        (
            .blocked,
            [
                "blacklist", "blocklist", "black list", "black-list", "block list", "denylist", "dnsbl", "rbl",
                "spamhaus", "spamcop", "sorbs", "barracudacentral", "client host rejected", "client host*blocked",
                "host*blocked", " ip *blocked", "bloqu", "blocked using", "blocked by", "ip address*rejected",
                " ip *reject", "banned", "is listed", "listed at", "listed in*bl", "listed by",
                "connection refused by*policy",
                "not accepting connections", "no access from", "your ip", "your network", "invalid ip", "(bl)",
                "access from ip", "access denied* ip ", "refused to talk", "connections from*not",
                "mail server*blocked",
                "use the smtp server of your isp", "unacceptable connection", "client*not allowed", "blocked",
                "dynamic ip", "dialup", "residential", "bad helo", "helo*reject", "not accepting mail from",
                "we do not accept mail from", "bulk*from your",
            ]
        ),
        (
            .noRelaying,
            [
                "relaying denied", "relay access denied", "relaying*denied", "relay*not permitted", "relay*denied",
                "not*allowed to relay", "unable to relay", "no relaying", "relaying not", "mail relay",
                "not configured to relay", "we do not relay", "relaying*prohibited", "relay*prohibited",
                "as a relay", "rcpthosts", "cannot relay", "relay rejected", "not a gateway", "open relay",
            ]
        ),
        (
            .hasMoved,
            [
                "has moved", "has been replaced by", "moved to", "no longer on server", "address*has changed",
                "address changed", "new address is", "no longer use", "has been replaced", "mailbox has moved",
                "no forwarding",
            ]
        ),
        (
            .suspended,
            [
                "suspend", "account*disabled", "mailbox*disabled", "user*disabled", "address*disabled",
                "been disabled", "is disabled", "deactivated", "mailbox*inactive", "user*inactive", "account*inactive",
                "inactive user", "inactive mailbox", "inactive account", "account*locked", "not active",
                "account*expired", "discontinued", "mailbox*frozen", "temporarily disabled", "out of service",
                "currently blocked", "inactive email", "domain*inactive", "account*closed", "restricted",
            ]
        ),
        (
            .notAccepting,
            [
                "null mx", "nullmx", "does not accept mail", "doesn't accept mail", "does not receive mail",
                "doesn't receive email", "does not receive email", "not accepting*messages", "does not accept email",
                "not accept any mail", "does not accept any", "not accepting network",
                "smtp protocol returned a permanent",
                "malformed or unexpected name server reply", "no mx and no a", "accepts no mail", "no mail service",
            ]
        ),
        (
            .hostUnknown,
            [
                "host unknown", "unknown host", "host not found", "host*not found", "domain*not found",
                "domain*not exist", "no such domain", "no such host", "unknown domain", "domain unknown",
                "name or service not known", "unrouteable*domain", "unroutable*domain", "unrouteable", "unroutable",
                "nxdomain", "illegal host", "invalid domain", "no*mx record", "bad destination host", "domain*invalid",
                "server for*not found", "couldn't find any host", "couldn't find*mail exchanger",
                "find any host named", "domain must exist", "non-existent domain", "nonexistent domain",
                "unknown*recipient domain", "recipient domain", "no route to domain", "dns*domain",
            ]
        ),
        (
            .userUnknown,
            [
                "user unknown", "unknown user", "no such user", "user not found", "unknown recipient",
                "recipient unknown", "recipient*unknown", "no mailbox", "mailbox not found", "no such mailbox",
                "no such recipient", "invalid recipient", "invalid mailbox", "unknown address", "address unknown",
                "unknown local", "user doesn't", "doesn't*have*account", "does not have*account", "no such address",
                "invalid user", "invalid address", "mailbox unavailable", "unknown mailbox", "mailbox unknown",
                "user*not exist", "user*doesn't exist", "mailbox*not exist", "mailbox*doesn't exist",
                "account*not exist", "account*doesn't exist", "address*not exist", "address*doesn't exist",
                "recipient*not exist", "recipient*doesn't exist", "does not exist", "doesn't exist",
                "recipient*not found", "address*not found", "account*not found", "recipnotfound",
                "not listed in", "isn't in my", "no account", "not our customer", "not a valid", "not a known",
                "not known", "not*recognized", "not*recognised", "could not be found", "couldn't be found",
                "no user", "unable to be located", "user is unknown", "undeliverable address", "no such person",
                "is not a user", "not a user", "not local", "recipient*invalid", "address*invalid", "mailbox*invalid",
                "no local mailbox",
                "bad destination mailbox", "unable to find*user", "unable to deliver message to <",
                "adresse*invalide", "adresse*inconnu", "utilisateur inconnu", "unbekannter", "unbekannt",
                "nicht bekannt", "existiert nicht", "finns inte", "ukjent", "onbekend", "bestaat niet",
                "nie istnieje", "destinatario*desconocido", "no existe", "usu\u{E1}rio desconhecido", "sconosciuto",
                "non esiste", "not have a mailbox", "not have an account", "not in directory", "not in our",
                "adresse d\u{2019}", "\u{767B}\u{9332}", "\u{898B}\u{3064}\u{304B}", "\u{30EA}\u{30B9}\u{30C8}\u{306B}",
            ]
        ),
        (
            .policy,
            [
                "denied by policy", "policy violation", "policy reasons", "for policy", "violates*policy",
                "policy restrict", "security polic", "local polic", "by policy", "mail polic", "content*policy",
                "potential*security", "content presents", "not allowed -", "prohibited", "attachment*not allowed",
                "file type", "email not accepted",
            ]
        ),
        (
            .network,
            [
                "too many hops", "mail loop", "mail*loops", "routing loop", "loop detected", "hop count",
                "forwarded more",
                "no route to host", "network is unreachable", "network unreachable", "host is unreachable",
                "lost connection", "connection lost", "connection reset", "connection dropped", "dns query failed",
                "host not reachable*dns", "wasn't able to establish", "temporary failure in name", "name server",
                "unable to resolve", "dns lookup", "dns error", "dns server", "lookup fail", "loops back to myself",
                "connection*failed", "could not connect", "couldn't connect", "unable to connect", "no valid hosts",
                "address resolution", "unexpected response", "routing",
            ]
        ),
        (
            .expired,
            [
                "timed out", "timeout", "time out", "expired", "too long", "in the queue", "will be retried",
                "giving up",
                "given up", "retry time", "has been delayed", "was delayed", "delivery*delayed", "warning message only",
                "delivery time", "aborted after", "not be delivered for", "not be delivered within",
                "connection refused",
                "retries", "still trying", "deferred", "try again", "could not deliver for", "not accept our requests",
                "not reachable", "within*hours", "within*days", "time limit", "too old", "keep trying",
                "still being retried", "for a long time",
            ]
        ),
        (
            .mailer,
            [
                "procmail", "x-unix", "mailer error", "pipe to", "exit status", "return code", "command*output",
                "local delivery failed", "unknown mailer", "delivery agent", "can't create output",
            ]
        ),
    ]

    private static let vague: [(reason: Bounce.Reason, phrases: [String])] = [
        (.userUnknown, ["recipient address rejected", "recipient rejected", "address rejected"]),
        (
            .security,
            [
                "authentication required", "authrequired", "must be authenticated", "smtp auth", "requires tls",
                "starttls", "tls*required", "encryption*needed", "encryption required", "relaying requires auth",
                "credentials", "security",
            ]
        ),
        (
            .contentError,
            [
                "message content", "8-bit data", "headers too large", "duplicate header", "improper use", "malformed",
                "header*invalid", "invalid header", "mime*error", "content*reject", "bare lf", "bare cr",
                "too many*parts",
                "line too long",
            ]
        ),
        (
            .system,
            [
                "local error", "system error", "i/o error", "internal error", "service*unavailable", "server error",
                "configuration", "service currently", "resources temporarily", "local problem", "system not",
                "could not load", "service refuse", "temporary*failure", "system resources", "server*problem",
                "out of memory", "lookup problem",
            ]
        ),
        (.syntax, ["syntax error", "invalid command", "unrecognized command", "command not", "bad sequence"]),
        (
            .rejected,
            [
                "access denied", "rejected", "refused", "denied", "not permitted", "not authorized", "not allowed",
                "transaction failed",
            ]
        ),
    ]
}
