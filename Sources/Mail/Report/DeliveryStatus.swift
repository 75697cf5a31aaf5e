/// Reads the fields of a delivery status (RFC 3464, section 2), blocks separated by empty lines; empty lines may be
/// missing, or stand where none belongs.
struct DeliveryStatus {
    /// The fields on the message as a whole, by lower-case name.
    private(set) var message: [String: String] = [:]
    private(set) var recipients: [DeliveryReport.Recipient] = []
    /// Whether a field that names a recipient now names another one.
    private var isComplete = false

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            rest = rest.drop(while: \.isLineEnd)
            var parser = HeaderParser(rest, limits: MessageParser.Limits())
            let (header, body) = parser.parse()
            for field in header.fields { take(field) }
            if let last = recipients.last, last.address != nil, last.action != nil || last.status != nil {
                isComplete = true
            }
            // What is no field is passed over line by line.
            rest = body.startIndex > rest.startIndex ? body : body[(ByteLines(body).peek()?.next ?? body.endIndex)...]
        }
    }

    private mutating func take(_ field: HeaderField) {
        switch field.key {
        case "reporting-mta", "arrival-date", "original-envelope-id", "received-from-mta", "dsn-gateway":
            if message[field.key] == nil { message[field.key] = Self.typed(field) }
        case "final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code",
            "last-attempt-date", "final-log-id", "will-retry-until":
            takeRecipientField(field)
        default: break
        }
    }

    private mutating func takeRecipientField(_ field: HeaderField) {
        var recipient = recipients.popLast() ?? DeliveryReport.Recipient()
        let names = field.key == "final-recipient" || field.key == "original-recipient"
        let isRepeated = field.key == "final-recipient" && recipient.address != nil
        if isRepeated || isComplete && (names || field.key == "action" && recipient.action != nil) {
            recipients.append(recipient)
            recipient = DeliveryReport.Recipient()
            isComplete = false
        }
        switch field.key {
        case "final-recipient": recipient.address = Self.address(field)
        case "original-recipient": recipient.originalAddress = recipient.originalAddress ?? Self.address(field)
        case "action": recipient.action = recipient.action ?? Self.action(field)
        case "status": recipient.status = recipient.status ?? Self.status(field.text)
        case "remote-mta": recipient.remoteServer = recipient.remoteServer ?? Self.typed(field)
        case "diagnostic-code": recipient.diagnostic = recipient.diagnostic ?? Self.typed(field)
        case "will-retry-until": recipient.willRetryUntil = MailDate.moment(field.unfolded[...])
        default: break
        }
        recipients.append(recipient)
    }

    /// The value behind its type: `dns; mx.example.org`.
    private static func typed(_ field: HeaderField) -> String {
        let text = field.text
        guard let semicolon = text.firstIndex(of: ";"), text[..<semicolon].utf8.count <= 40,
            !text[..<semicolon].contains(where: { $0 == " " || $0 == ":" || $0 == "@" })
        else { return text }
        return String(text[text.index(after: semicolon)...]).trimmed
    }

    private static func address(_ field: HeaderField) -> String? {
        let value = typed(field)
        let address = AddressParser.parse(Array(value.utf8)[...]).addresses.first?.specification ?? value
        return address.isEmpty ? nil : address
    }

    private static func action(_ field: HeaderField) -> DeliveryReport.Action? {
        DeliveryReport.Action(rawValue: String(field.text.lowercased().prefix { $0.isLetter }))
    }

    /// The code at the beginning of the value: three numbers with dots between them.
    static func status(_ text: String) -> String? {
        let code = text.prefix { $0.isNumber || $0 == "." }
        let numbers = code.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers.allSatisfy({ (1...3).contains($0.utf8.count) && UInt16($0) != nil }) else {
            return nil
        }
        return ["2", "4", "5"].contains(numbers[0]) ? String(code) : nil
    }
}
