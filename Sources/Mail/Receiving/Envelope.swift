/// From whom and to whom a message is sent, whatever its header says.
public struct Envelope: Hashable, Sendable {
    /// Where reports go; nil for the null sender `<>` of reports and automatic answers.
    public var sender: Address?
    /// To whom, in the order in which they were named and accepted; `postmaster` has no domain.
    public var recipients: [Address]
    /// Whether addresses and header may hold UTF-8 (RFC 6531).
    public var isInternational: Bool

    public init(sender: Address?, recipients: [Address], isInternational: Bool = false) {
        self.sender = sender
        self.recipients = recipients
        self.isInternational = isInternational
    }
}
