/// All that is known of one recipient in a report, and what it comes to.
struct BounceEvidence {
    let passage: BouncePassages.Passage
    let told: DeliveryReport.Recipient?

    var bounce: Bounce {
        let diagnostic = told?.diagnostic ?? ""
        let field = FoldedWords(diagnostic)
        let around = FoldedWords(passage.text)
        let isGood = told?.action == .delivered || told?.action == .relayed || told?.action == .expanded
        let stated = told?.status ?? ""

        let inField = ServerReply.all(in: field.bytes, accepting: isGood).first
        let reply = inField ?? Self.remote(in: around) ?? ServerReply.all(in: around.bytes, accepting: isGood).first
        let status = Self.status(stated: stated, reply: reply, field: field, around: around)
        let said = Self.said(field: field, around: around, reply: inField == nil ? reply : nil)

        var reason = Bounce.Reason.delivered
        if !isGood {
            let phase = SMTPPhase(field) ?? SMTPPhase(around)
            reason = Bounce.Reason(status: status, said: said, around: around, phase: phase)
        }
        let names = [told?.originalAddress, told?.address].compactMap(\.self)
        let words = diagnostic.isEmpty ? passage.text.singleLine : diagnostic
        return Bounce(
            recipient: names.first(where: BouncePassages.isAddress) ?? passage.recipient ?? names.first, status: status,
            code: reply?.code ?? "", reason: reason, action: told?.action,
            diagnostic: String(words.prefix(Bounce.longestDiagnostic)))
    }

    /// The reply in a transcript of a session that the other server gave.
    private static func remote(in words: FoldedWords) -> ServerReply? {
        ServerReply.all(in: words.bytes).first { reply in
            words.bytes[..<reply.position].suffix(4).elementsEqual("<<< ".utf8)
        }
    }

    /// The status that the server itself gave, which tells more than what the reporting one made of it.
    private static func status(
        stated: String, reply: ServerReply?, field: FoldedWords, around: FoldedWords
    ) -> String {
        if let reply, !reply.status.isEmpty, !isEmpty(reply.status) || stated.isEmpty { return reply.status }
        let inField = ServerReply.firstStatus(in: field.bytes, class: reply?.code.first)
        if let inField, !isEmpty(inField) { return inField }
        if !stated.isEmpty, !isEmpty(stated) { return stated }
        let near = reply.map { Array(around.bytes.dropFirst(field.isEmpty ? $0.position : 0).prefix(400)) }
        let inText = ServerReply.firstStatus(in: near ?? around.bytes, class: reply?.code.first)
        if let inText, !isEmpty(inText) { return inText }
        return stated.isEmpty ? inText ?? "" : stated
    }

    /// Whether a status says no more than that something failed.
    private static func isEmpty(_ status: String) -> Bool { status.hasSuffix(".0.0") }

    /// The words of the server: its diagnostic, or what stands behind its reply in the text.
    private static func said(field: FoldedWords, around: FoldedWords, reply: ServerReply?) -> FoldedWords {
        guard let reply else { return field }
        let spoken = around.bytes[reply.position...].prefix(400)
        return FoldedWords(String(decoding: field.bytes + [.space] + spoken, as: UTF8.self))
    }
}
