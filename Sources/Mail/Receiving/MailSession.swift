/// The server's side of a conversation in LMTP (RFC 2033) or SMTP (RFC 5321), as a value that reads no socket: feed it
/// what has arrived, in any pieces, and do what it asks for.
///
/// It stops taking commands while it waits for an answer: after ``Action/check(_:)`` call ``recipientChecked(_:)``,
/// after ``Action/deliver(_:_:)`` call ``delivered(_:)``. What arrives meanwhile is kept.
///
/// A message ends at CRLF.CRLF and nowhere else: line feeds and carriage returns that stand alone never end one, so two
/// servers cannot disagree on where a message ends. In LMTP, from a server of our own, they stay in the message as they
/// came; in SMTP, from anyone, the message is refused and the connection closed.
public struct MailSession: Sendable {
    /// Which protocol is spoken.
    public enum Dialect: Sendable {
        /// One reply for each recipient after the message.
        case lmtp
        /// One reply for all of them.
        case smtp
    }

    /// Every length that a stranger controls has an upper bound.
    public struct Limits: Sendable {
        /// The longest command, with its line end.
        public var commandBytes = 2_048
        /// The biggest message.
        public var messageBytes = 52_428_800
        /// How many recipients a message may have: at least 100.
        public var recipients = 200
        /// After how many wrong commands the connection is closed.
        public var faults = 25

        public init() {}
    }

    /// What is to be done.
    public enum Action: Hashable, Sendable {
        /// Send these bytes. They may be gathered until no more actions are left.
        case reply([UInt8])
        /// Find out whether this recipient is wanted.
        case check(Address)
        /// Keep this message for good.
        case deliver(Envelope, [UInt8])
        /// Close the connection, when everything has been sent.
        case close
    }

    enum State: Equatable {
        case command
        /// The rest of a command that was too long is passed over.
        case skippingLine
        case checking(Address)
        case data
        /// So many bytes of a chunk are still to come.
        case chunk(left: Int, size: Int, isLast: Bool)
        case delivering
        case closed
    }

    let dialect: Dialect
    let hostName: String
    let limits: Limits

    var state = State.command
    var hasGreeted = false
    var transaction: Transaction?
    private var faults = 0
    private var isStopping = false

    /// What has arrived and is not used yet, from `position` on.
    var input: [UInt8] = []
    var position = 0
    var actions: [Action] = []

    /// A message on its way in.
    struct Transaction {
        var envelope: Envelope
        var content = MessageContent()
        /// Whether a chunk has come: then DATA is out of place.
        var hasChunks = false
        /// Why the message will be refused; the rest of it is only passed over.
        var refusal: SMTPReply?
    }

    public init(_ dialect: Dialect, hostName: String, limits: Limits = Limits()) {
        self.dialect = dialect
        self.hostName = hostName
        self.limits = limits
    }

    /// What the server says first.
    public mutating func begin() -> [Action] {
        let name = dialect == .lmtp ? "LMTP" : "ESMTP"
        reply(SMTPReply(220, nil, "\(hostName) \(name) ready"))
        return takeActions()
    }

    /// Takes what has arrived.
    public mutating func receive(_ bytes: some Collection<UInt8>) -> [Action] {
        guard state != .closed else { return [] }
        input += bytes
        proceed()
        return takeActions()
    }

    /// Takes the answer to ``Action/check(_:)``: nil if the recipient is wanted, else why not.
    public mutating func recipientChecked(_ refusal: SMTPReply?) -> [Action] {
        guard case .checking(let recipient) = state else { return [] }
        state = .command
        if let refusal {
            reply(refusal)
        } else {
            transaction?.envelope.recipients.append(recipient)
            reply(SMTPReply(250, "2.1.5", "Recipient accepted"))
        }
        proceed()
        return takeActions()
    }

    /// Takes the answer to ``Action/deliver(_:_:)``: one reply for each recipient, in their order. Where one is
    /// missing, the recipient is to be tried again.
    public mutating func delivered(_ verdicts: [SMTPReply]) -> [Action] {
        guard state == .delivering else { return [] }
        finishTransaction(verdicts)
        proceed()
        return takeActions()
    }

    /// Tells the client to come again later, at once or, if a message is being taken, after it.
    public mutating func stop() -> [Action] {
        isStopping = true
        proceed()
        return takeActions()
    }

    /// Ends a conversation in which nothing came for too long.
    public mutating func timeOut() -> [Action] {
        guard state != .closed else { return [] }
        close(with: .idle)
        return takeActions()
    }

    private mutating func takeActions() -> [Action] {
        defer { actions = [] }
        return actions
    }

    mutating func reply(_ reply: SMTPReply) {
        actions.append(.reply(reply.bytes))
        // A recipient that is not known is not the client's mistake, nor is what it sent before it heard so.
        guard reply.isPermanent, reply.status?.hasPrefix("5.5.") == true, reply != .withoutRecipients,
            state == .command
        else { return }
        faults += 1
        if faults > limits.faults { close(with: .tooManyFaults) }
    }

    mutating func close(with last: SMTPReply) {
        actions += [.reply(last.bytes), .close]
        state = .closed
        transaction = nil
        input = []
        position = 0
    }

    /// Uses what has arrived as far as possible.
    private mutating func proceed() {
        while step() {}
        // Bytes are let go in one piece now and then, not one command at a time.
        if position == input.count {
            input.removeAll(keepingCapacity: input.capacity <= 65_536)
            position = 0
        } else if position > 65_536 {
            input.removeFirst(position)
            position = 0
        }
    }

    /// Does one thing; false if more has to arrive first.
    private mutating func step() -> Bool {
        switch state {
        case .command:
            if isStopping, transaction?.hasChunks != true {
                close(with: .stopping)
                return false
            }
            return takeCommand()
        case .skippingLine: return skipLine()
        case .data: return takeData()
        case .chunk: return takeChunk()
        case .checking, .delivering, .closed: return false
        }
    }
}
