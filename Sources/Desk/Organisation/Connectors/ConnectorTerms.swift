public import JSON

/// What one way of exchanging tickets needs to know of a supplier: members of it in the organisation document.
public protocol ConnectorTerms: Hashable, Sendable {
    /// The word that stands for this way in the member `connector`.
    static var word: String { get }
    /// Reads its members of the supplier; nil, and faults in the reader, where they are not in order.
    init?(_ reader: inout JSONReader)
    /// What is read, as it is written.
    var members: JSONObject { get }
    /// What words mean where the document says nothing else.
    static var mapping: Supplier.Mapping { get }
    /// The names of the secrets that must be set before anything can be exchanged.
    var secrets: [String] { get }
    /// The name of the secret in the address at which their system tells us that there is news; nil where it is only
    /// asked.
    var listener: String? { get }
}

extension ConnectorTerms {
    public static var mapping: Supplier.Mapping { .troubleTicket }
    public var listener: String? { nil }
}
