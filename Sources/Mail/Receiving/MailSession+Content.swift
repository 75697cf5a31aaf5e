extension MailSession {
    /// Takes a piece of a message; false if more has to arrive first.
    mutating func takeData() -> Bool {
        guard var current = transaction else { return false }
        // The content is moved, not copied, so that a big message is held once.
        transaction = nil
        let isEnd = current.content.takeLines(input, at: &position, limit: limits.messageBytes)
        let isSmuggling = isEnd && dialect == .smtp && current.content.hasBareLineEnd
        transaction = current
        guard isEnd else { return false }
        if isSmuggling {
            close(with: SMTPReply(521, "5.5.2", "Line feeds and carriage returns must not stand alone"))
        } else {
            handOver()
        }
        return true
    }

    /// Takes a piece of a chunk; false if more has to arrive first.
    mutating func takeChunk() -> Bool {
        guard case .chunk(let left, let size, let isLast) = state, var current = transaction else { return false }
        transaction = nil
        let count = min(left, input.count - position)
        if current.refusal == nil {
            current.content.append(raw: input[position..<(position + count)], limit: limits.messageBytes)
        }
        if current.content.isTooBig { current.refusal = .tooBig }
        position += count
        transaction = current
        guard count == left else {
            state = .chunk(left: left - count, size: size, isLast: isLast)
            return false
        }
        state = .command
        if let refusal = current.refusal, !isLast || current.envelope.recipients.isEmpty {
            if current.envelope.recipients.isEmpty { transaction = nil }
            reply(refusal)
        } else if isLast {
            handOver()
        } else {
            reply(SMTPReply(250, "2.0.0", "\(size) bytes received"))
        }
        return true
    }

    /// Gives the whole message away, or refuses it for all recipients.
    private mutating func handOver() {
        guard let current = transaction else { return }
        state = .delivering
        if let refusal = current.refusal ?? (current.content.isTooBig ? SMTPReply.tooBig : nil) {
            return finishTransaction(current.envelope.recipients.map { _ in refusal })
        }
        transaction = Transaction(envelope: current.envelope)
        actions.append(.deliver(current.envelope, current.content.bytes))
    }

    /// Tells what became of the message.
    mutating func finishTransaction(_ verdicts: [SMTPReply]) {
        let count = transaction?.envelope.recipients.count ?? 0
        let all =
            verdicts.prefix(count) + Array(repeating: SMTPReply.unavailable, count: max(0, count - verdicts.count))
        transaction = nil
        state = .delivering
        switch dialect {
        case .lmtp: for verdict in all { reply(verdict) }
        case .smtp: reply(all.first(where: \.isPositive) ?? all.first ?? .unavailable)
        }
        state = .command
    }
}
