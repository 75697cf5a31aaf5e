/// What one recipient's mail system reported of a message: who did not get it, in which words, and why.
public struct Bounce: Hashable, Sendable {
    /// The address that the message was for; nil if the report does not tell.
    public var recipient: String?
    /// The enhanced status, such as `5.1.1` (RFC 3463); empty if none is told.
    public var status: String
    /// The code of the server's reply, such as `550`; empty if none is told.
    public var code: String
    public var reason: Reason
    /// What became of the message, if the report has the form of RFC 3464.
    public var action: DeliveryReport.Action?
    /// The words of the server that refused, or of the report.
    public var diagnostic: String

    public init(
        recipient: String?, status: String, code: String, reason: Reason, action: DeliveryReport.Action?,
        diagnostic: String
    ) {
        (self.recipient, self.status, self.code, self.reason) = (recipient, status, code, reason)
        (self.action, self.diagnostic) = (action, diagnostic)
    }

    /// Whether the message was not delivered: it is neither on its way nor there.
    public var isFailure: Bool { reason != .delivered && (action ?? .failed) == .failed }

    /// Whether it makes no sense to write to the address again: nobody is there.
    public var isHard: Bool {
        switch reason {
        case .userUnknown, .hostUnknown, .hasMoved: true
        case .notAccepting: !status.hasPrefix("4")
        default: false
        }
    }

    /// The longest diagnostic that is kept, in characters.
    static let longestDiagnostic = 500

    /// What a report on a message of ours says, one for each recipient that it names; at least one.
    public static func all(in message: Message) -> [Bounce] {
        let text = BounceText(message)
        let report = DeliveryReport(message)
        var told = report?.recipients ?? []
        if told.isEmpty { told = DeliveryStatus.within(message.text) }
        told = told.filter { $0.address != nil || $0.action != nil || $0.status != nil }
        let passages = BouncePassages(text, of: message, told: told, original: report?.original)
        if told.isEmpty { return passages.all.map { BounceEvidence(passage: $0, told: nil).bounce } }
        return told.map { recipient in
            BounceEvidence(passage: passages.one(for: recipient), told: recipient).bounce
        }
    }
}

extension DeliveryStatus {
    /// The recipients in fields of a delivery status that stand in the text, with no part of their own.
    static func within(_ text: String) -> [DeliveryReport.Recipient] {
        let words = FoldedWords(text.prefix(20_000))
        guard words.contains("final-recipient:"), words.contains("action:") else { return [] }
        var reading = DeliveryStatus()
        reading.read(Array(text.utf8.prefix(20_000))[...])
        return reading.recipients
    }
}
