import Mail

/// Talks to a session as a server would drive it: `no@…` is unknown, `full@…` is over quota, all else is accepted.
struct Conversation {
    struct Delivery: Equatable {
        let envelope: Envelope
        let content: String
    }

    private var session: MailSession
    private let verdicts: (Envelope) -> [SMTPReply]
    private(set) var output = ""
    private(set) var delivered: [Delivery] = []
    private(set) var isClosed = false

    init(
        _ dialect: MailSession.Dialect, limits: MailSession.Limits = MailSession.Limits(),
        verdicts: @escaping (Envelope) -> [SMTPReply] = Conversation.usual
    ) {
        session = MailSession(dialect, hostName: "mx.example.org", limits: limits)
        self.verdicts = verdicts
        perform(session.begin())
    }

    static func usual(_ envelope: Envelope) -> [SMTPReply] {
        envelope.recipients.map {
            $0.local == "full" ? SMTPReply(452, "4.2.2", "Over quota") : .delivered(to: $0, "kept")
        }
    }

    /// Code and status of each reply; of those with several lines, of the last.
    var codes: [String] {
        output.split(separator: "\r\n").filter { !$0.dropFirst(3).hasPrefix("-") }.map { line in
            let words = line.split(separator: " ")
            let hasStatus =
                words.count > 1 && words[1].split(separator: ".").count == 3 && words[1].first?.isNumber == true
            return words.prefix(hasStatus ? 2 : 1).joined(separator: " ")
        }
    }

    mutating func send(_ text: String) { send(bytes: Array(text.utf8)) }

    mutating func send(bytes: [UInt8]) { perform(session.receive(bytes)) }

    mutating func stop() { perform(session.stop()) }

    private mutating func perform(_ actions: [MailSession.Action]) {
        for action in actions {
            switch action {
            case .reply(let bytes): output += String(decoding: bytes, as: UTF8.self)
            case .check(let recipient):
                perform(session.recipientChecked(recipient.local == "no" ? .unknown(recipient) : nil))
            case .deliver(let envelope, let content):
                delivered.append(Delivery(envelope: envelope, content: String(decoding: content, as: UTF8.self)))
                perform(session.delivered(verdicts(envelope)))
            case .close: isClosed = true
            }
        }
    }
}
