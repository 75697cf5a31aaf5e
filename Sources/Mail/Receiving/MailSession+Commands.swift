extension MailSession {
    /// Takes one command out of the input; false if no whole one is there.
    mutating func takeCommand() -> Bool {
        guard let feed = input[...].firstLineFeed(from: position) else {
            if input.count - position > limits.commandBytes {
                state = .skippingLine
                return true
            }
            return false
        }
        let line = input[position..<feed]
        position = feed + 1
        guard line.count < limits.commandBytes else {
            reply(SMTPReply(500, "5.5.2", "The command is too long"))
            return true
        }
        guard line.last == .carriageReturn else {
            reply(SMTPReply(500, "5.5.2", "A command ends with CRLF"))
            return true
        }
        do throws(SMTPReply) {
            try perform(try SMTPCommand(line.dropLast()))
        } catch {
            reply(error)
        }
        return true
    }

    mutating func skipLine() -> Bool {
        guard let feed = input[...].firstLineFeed(from: position) else {
            position = input.count
            return false
        }
        position = feed + 1
        state = .command
        reply(SMTPReply(500, "5.5.2", "The command is too long"))
        return true
    }

    private mutating func perform(_ command: SMTPCommand) throws(SMTPReply) {
        switch command {
        case .hello(let verb): try greet(verb)
        case .mail(let sender, let size, let isInternational):
            try beginTransaction(
                Envelope(sender: sender, recipients: [], isInternational: isInternational), size: size)
        case .recipient(let address): try checkRecipient(address)
        case .data: try beginData()
        case .chunk(let count, let isLast): beginChunk(count, isLast: isLast)
        case .reset:
            transaction = nil
            reply(SMTPReply(250, "2.0.0", "Reset"))
        case .noop: reply(SMTPReply(250, "2.0.0", "Ready"))
        case .verify: reply(SMTPReply(252, "2.0.0", "Send the message; that will tell"))
        case .help: reply(SMTPReply(214, "2.0.0", "RFC 2033 and RFC 5321 tell all"))
        case .quit: close(with: SMTPReply(221, "2.0.0", "Bye"))
        }
    }

    private mutating func greet(_ verb: String) throws(SMTPReply) {
        guard (verb == "LHLO") == (dialect == .lmtp) else {
            throw SMTPReply(500, "5.5.1", dialect == .lmtp ? "This is LMTP: say LHLO" : "This is SMTP: say EHLO")
        }
        hasGreeted = true
        transaction = nil
        let extensions = [
            "PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "CHUNKING", "SIZE \(limits.messageBytes)",
        ]
        reply(SMTPReply(250, nil, ([hostName] + (verb == "HELO" ? [] : extensions)).joined(separator: "\n")))
    }

    private mutating func beginTransaction(_ envelope: Envelope, size: Int?) throws(SMTPReply) {
        guard hasGreeted else { throw .sequence(dialect == .lmtp ? "Say LHLO first" : "Say EHLO first") }
        guard transaction == nil else { throw .sequence("A message is being sent already") }
        if let size, size > limits.messageBytes { throw .tooBig }
        if let sender = envelope.sender { try checkEncoding(sender, isInternational: envelope.isInternational) }
        transaction = Transaction(envelope: envelope)
        reply(SMTPReply(250, "2.1.0", "Sender accepted"))
    }

    private mutating func checkRecipient(_ address: Address) throws(SMTPReply) {
        guard let transaction else { throw .sequence("Say MAIL first") }
        guard !transaction.hasChunks else { throw .sequence("The message has begun") }
        guard transaction.envelope.recipients.count < limits.recipients else {
            throw SMTPReply(452, "4.5.3", "Too many recipients; send to the others after this message")
        }
        try checkEncoding(address, isInternational: transaction.envelope.isInternational)
        state = .checking(address)
        actions.append(.check(address))
    }

    /// Addresses beyond ASCII need the client's word that it can carry them (RFC 6531, section 3.5).
    private func checkEncoding(_ address: Address, isInternational: Bool) throws(SMTPReply) {
        guard isInternational || address.specification.utf8.allSatisfy({ $0 < 128 }) else {
            throw SMTPReply(553, "5.6.7", "An address beyond ASCII needs SMTPUTF8")
        }
    }

    private mutating func beginData() throws(SMTPReply) {
        guard let transaction else { throw .sequence("Say MAIL first") }
        guard !transaction.hasChunks else { throw .sequence("The message is being sent by BDAT") }
        guard !transaction.envelope.recipients.isEmpty else { throw .withoutRecipients }
        state = .data
        reply(SMTPReply(354, nil, "Go on; end with a line that holds a dot only"))
    }

    /// A chunk follows its command at once, so it is read even if it cannot be used.
    private mutating func beginChunk(_ count: Int, isLast: Bool) {
        state = .chunk(left: count, size: count, isLast: isLast)
        let isMissing = transaction == nil
        var current = transaction ?? Transaction(envelope: Envelope(sender: nil, recipients: []))
        if isMissing {
            current.refusal = .sequence("Say MAIL first")
        } else if current.envelope.recipients.isEmpty {
            current.refusal = .withoutRecipients
        }
        current.hasChunks = true
        transaction = current
    }
}
