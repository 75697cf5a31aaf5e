/// The addresses of a header field, in their order.
public struct AddressList: Hashable, Sendable {
    /// Every mailbox, those of groups included.
    public var addresses: [Address] = []
    /// The names of the groups, empty ones such as "undisclosed-recipients" included.
    public var groups: [String] = []
    /// Whether the field followed the grammar (RFC 5322, section 3.4, obsolete forms included).
    public var isClean = true
}
