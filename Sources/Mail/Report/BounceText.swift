/// What a mail system wrote to people in a bounce: its lines up to where the message that it returns begins.
struct BounceText: Sendable {
    let lines: [Substring]
    /// Whether a message, or its header, is returned within the text or beside it.
    let holdsReturned: Bool

    /// The longest text that is read, in lines.
    private static let longest = 400

    init(_ message: Message) {
        let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.longest)
        let end = Self.returned(in: Array(lines))
        self.lines = Array(lines.prefix(end ?? lines.count))
        holdsReturned = end != nil || Self.holdsMessage(message.root)
    }

    var whole: String { lines.joined(separator: "\n") }

    private static func holdsMessage(_ part: Part) -> Bool {
        let types = ["message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"]
        return types.contains(part.contentType.name) || part.parts.contains(where: holdsMessage)
    }

    /// The line where a returned message, or the words that announce it, stands.
    private static func returned(in lines: [Substring]) -> Int? {
        var run: [String] = []
        for (index, line) in lines.enumerated() {
            if isTrace(line) || isAnnouncement(line) { return index }
            guard let name = fieldName(of: line) else {
                // A folded line belongs to the field above it.
                if line.first?.isWhitespace != true { run = [] }
                continue
            }
            run = messageFields.contains(name) ? run + [name] : []
            if run.count >= 3, !authorFields.isDisjoint(with: run) { return index - run.count + 1 }
        }
        return nil
    }

    /// Whether only servers on the way of a message write such a line.
    private static func isTrace(_ line: Substring) -> Bool {
        ["received", "x-received", "return-path", "dkim-signature", "arc-seal"].contains(fieldName(of: line) ?? "")
    }

    private static let messageFields: Set<String> = [
        "from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "reply-to", "sender",
        "content-transfer-encoding", "x-mailer", "user-agent", "references", "in-reply-to",
    ]

    /// Some of which every header has, and no list of what became of a message.
    private static let authorFields: Set<String> = ["from", "message-id", "mime-version"]

    /// The name of the field that begins in the first column of the line.
    private static func fieldName(of line: Substring) -> String? {
        guard let colon = line.utf8.firstIndex(of: .colon), line.startIndex < colon else { return nil }
        let name = line[..<colon]
        guard name.utf8.count <= 40, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == .dash }) else {
            return nil
        }
        return name.lowercased()
    }

    /// Whether a line says that the returned message comes next: a ruled heading, or a sentence that ends so.
    private static func isAnnouncement(_ line: Substring) -> Bool {
        let words = FoldedWords(line)
        guard words.bytes.count <= 120, words.containsAny(of: announcements), !words.containsAny(of: failures) else {
            return false
        }
        let text = words.bytes.trimmed
        let isRuled = text.prefix { "-=*_#~".utf8.contains($0) }.count >= 2
        let isOpen = text.last == .colon || words.containsAny(of: ["follow", "folgt", "below this line"])
        return isRuled || isOpen
    }

    /// Words of a sentence that tells of the message rather than announcing it.
    private static let failures = [" not ", "n't ", "unable", "fail", "error", " was ", "received at", "reason"]

    private static let announcements = [
        "original message", "original mail", "copy of the message", "copy of your message", "copy of the mail",
        "header of the", "headers of the", "message header", "returned message", "below this line",
        "unsent message", "your message follows", "your original", "rejected message", "undelivered message",
        "returned mail", "message text follows", "included is a copy", "ursprungliga meddelandet",
        "opprinnelige melding", "originalmeddelande", "oorspronkelijk bericht", "urspr\u{FC}ngliche nachricht",
        "originalnachricht", "message d'origine", "message original", "messaggio originale", "mensaje original",
        "oryginalna wiadomo", "den oprindelige", "alkuper\u{E4}inen viesti",
    ]
}
