extension Bounce {
    /// Why a message was not delivered, as far as the report tells.
    public enum Reason: String, Sendable, CaseIterable {
        // The address
        case userUnknown = "userunknown"
        case hostUnknown = "hostunknown"
        case hasMoved = "hasmoved"
        case notAccepting = "notaccept"
        case suspended = "suspend"
        case mailboxFull = "mailboxfull"
        /// The address exists, or the server does not say; what came for it was turned away.
        case filtered
        // The message
        case tooBig = "mesgtoobig"
        case exceedsLimit = "exceedlimit"
        case contentError = "contenterror"
        case notCompliant = "notcompliantrfc"
        case spam = "spamdetected"
        case virus = "virusdetected"
        // The sender
        case rejected
        case blocked
        case badReputation = "badreputation"
        case noReverseName = "requireptr"
        case authenticationFailed = "authfailure"
        case noRelaying = "norelaying"
        case policy = "policyviolation"
        case security = "securityerror"
        case tooMany = "toomanyconn"
        // The way
        case expired
        case network = "networkerror"
        case mailer = "mailererror"
        case system = "systemerror"
        case syntax = "syntaxerror"
        // None at all
        case delivered
        case feedback
        case vacation
        case undefined
    }
}

extension Bounce.Reason {
    /// Judges by, in this order: what the status says beyond doubt, what the words of the server that refused say
    /// plainly, what the status hints at, what the words around say, and what either says vaguely.
    init(status: String, said: FoldedWords, around: FoldedWords, phase: SMTPPhase?) {
        let (said, around) = (said.withoutNames, around.withoutNames)
        let plain = BounceWords.plain(in: said)
        let certain = Self.certain[status] ?? Self.certain[String(status.dropFirst(1))]
        let found: Self
        if let certain, plain.map({ !$0.outweighs(certain, status) }) ?? true {
            found = certain
        } else {
            found =
                plain ?? Self.hinted(by: status) ?? BounceWords.plain(in: around) ?? BounceWords.vague(in: said)
                ?? Self.hintedVaguely(by: status) ?? BounceWords.vague(in: around) ?? .undefined
        }
        let isTemporary = status.hasPrefix("4") || around.containsAny(of: ["try again", "temporary fail"])
        switch found {
        case .userUnknown
        where certain != .userUnknown && phase != .recipient && Self.isTurnedAway(status, said, phase):
            self = .filtered
        case .userUnknown where plain == nil && certain == nil && status.hasPrefix("4"): self = .filtered
        case .userUnknown where phase == .sender && certain == nil, .hostUnknown where phase == .sender:
            self = .rejected
        case .hostUnknown where phase == .connection: self = .blocked
        // Nobody knows whether a name that could not be looked up exists.
        case .hostUnknown where isTemporary: self = .network
        default: self = found
        }
    }

    /// Whether a server that says that a user is unknown has taken the address all the same: it says so only after the
    /// message, or of nobody, or with the status of a mailbox that exists.
    private static func isTurnedAway(_ status: String, _ said: FoldedWords, _ phase: SMTPPhase?) -> Bool {
        phase == .data || ["5.2.0", "5.2.1", "5.3.0"].contains(status) || said.contains(" : user unknown")
            || said.contains(" <>: ")
    }

    /// Whether the words of a server that gives `status` for nearly everything tell more than that does.
    private func outweighs(_ meaning: Self, _ status: String) -> Bool {
        switch (self, meaning) {
        case (.mailboxFull, .userUnknown), (.noRelaying, .userUnknown), (.hasMoved, .userUnknown): true
        case (.blocked, .userUnknown), (.rejected, .userUnknown), (.spam, .userUnknown): status != "5.1.1"
        case (_, .expired): [.mailboxFull, .hostUnknown, .noReverseName, .blocked, .notAccepting].contains(self)
        default: false
        }
    }

    /// What a status says whatever the words: with its class, or for both classes.
    private static let certain: [String: Self] = [
        "5.1.1": .userUnknown, "5.1.0": .userUnknown, "5.1.3": .userUnknown, "5.1.4": .userUnknown,
        "5.1.2": .hostUnknown, "5.1.6": .hasMoved, ".1.7": .rejected, ".1.8": .rejected, "5.1.10": .notAccepting,
        "5.3.2": .notAccepting, ".2.2": .mailboxFull, ".2.3": .exceedsLimit, ".3.4": .tooBig, ".4.6": .network,
        ".4.7": .expired,
        ".7.25": .noReverseName, ".7.26": .authenticationFailed, ".7.20": .authenticationFailed,
        ".7.23": .authenticationFailed, ".7.509": .authenticationFailed,
    ]

    /// What a status hints at where the words tell nothing.
    private static func hinted(by status: String) -> Self? {
        guard status.utf8.count >= 5 else { return nil }
        switch status.dropFirst(2) {
        case "1.5", "1.9": return .userUnknown
        case "2.0", "2.1": return .filtered
        case "3.1": return .mailboxFull
        case "4.1", "4.2", "4.9": return .network
        case "4.3", "4.4": return status.first == "5" ? .hostUnknown : .network
        case "4.5": return .mailboxFull
        case "7.2", "7.8", "7.9", "7.10", "7.11", "7.12", "7.13", "7.14": return .security
        default: return status.dropFirst(2).first == "6" ? .contentError : nil
        }
    }

    private static func hintedVaguely(by status: String) -> Self? {
        switch status.dropFirst(2).prefix(2) {
        case "3.": status.first == "4" ? .system : nil
        case "4.": .network
        case "7.": status.hasSuffix(".0") ? .policy : .rejected
        default: nil
        }
    }
}

/// At which command of SMTP a server refused.
enum SMTPPhase: Sendable {
    case connection, sender, recipient, data

    /// Reads it from the words of a report; nil if it does not tell.
    init?(_ words: FoldedWords) {
        let phases: [(SMTPPhase, [String])] = [
            // Commands that were sent together are answered in turn: DATA is refused where no recipient was left.
            (.recipient, ["503*rcpt", "503*recipient", "no valid recipients"]),
            (.data, ["end of data", "to data", ">>> data", "final data", "after data", "text command", "(data)"]),
            (
                .recipient,
                ["rcpt to", "rcpt_to", ">>> rcpt", "rcpt command", "to rcpt", "(rcpt)", "[rcpt", "not like recipient"]
            ),
            (.sender, ["mail from", "mail_from", ">>> mail"]),
            (.connection, [" ehlo ", " helo ", "initial greeting", "my name was rejected", "handshake"]),
        ]
        guard let found = phases.first(where: { words.containsAny(of: $0.1) }) else { return nil }
        self = found.0
    }
}
