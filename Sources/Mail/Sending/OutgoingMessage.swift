/// What is said of a message before it is sent.
struct OutgoingMessage {
    /// The MAIL command, without line end.
    let mail: String
    /// The RCPT commands, in the order of the recipients.
    let recipients: [String]

    /// Makes the commands, with the parameters that the server offers.
    ///
    /// - Throws: ``SMTPFailure/permanent(_:)`` if the server could never take the message.
    init(
        _ message: [UInt8], _ envelope: Envelope, _ abilities: SMTPConnection.Abilities
    ) throws(SMTPFailure) {
        let addresses = [envelope.sender].compactMap(\.self) + envelope.recipients
        for address in addresses {
            // What came from outside could hold another command.
            guard address.isComplete, Address("<\(address.specification)>") != nil else {
                throw .permanent(SMTPReply(501, "5.1.3", "\(address.specification.singleLine) is not an address"))
            }
        }
        guard !envelope.recipients.isEmpty else { throw .permanent(SMTPReply(503, "5.5.1", "There is no recipient")) }
        var parameters = ""
        if let size = abilities.keywords["SIZE"] {
            if let limit = Int(size), limit > 0, message.count > limit { throw .permanent(.tooBig) }
            parameters += " SIZE=\(message.count)"
        }
        let isInternational =
            addresses.contains { !Self.isASCII($0.specification.utf8) } || !Self.isASCII(Self.header(of: message))
        if isInternational {
            guard abilities.has("SMTPUTF8") else {
                throw .permanent(SMTPReply(553, "5.6.7", "The server takes no addresses beyond ASCII"))
            }
            parameters += " SMTPUTF8"
        }
        if abilities.has("8BITMIME"), isInternational || !Self.isASCII(message) { parameters += " BODY=8BITMIME" }
        mail = "MAIL FROM:<\(envelope.sender?.specification ?? "")>\(parameters)"
        recipients = envelope.recipients.map { "RCPT TO:<\($0.specification)>" }
    }

    private static func isASCII(_ bytes: some Sequence<UInt8>) -> Bool { bytes.allSatisfy { $0 < 128 } }

    /// Everything up to the first empty line.
    private static func header(of message: [UInt8]) -> ArraySlice<UInt8> {
        var lines = ByteLines(message[...])
        while let line = lines.next() {
            if line.content.isEmpty { return message[..<line.next] }
        }
        return message[...]
    }
}
