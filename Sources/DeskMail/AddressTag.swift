/// What the addresses of one purpose begin with: `desk+` of `desk+<token>@reply.example`.
///
/// A format that is written by outgoing mail and read by incoming mail stands here once.
struct AddressTag: Sendable {
    private let prefix: String

    init(_ name: String) { prefix = name + "+" }

    /// What stands before the `@`.
    func local(_ token: String) -> String { prefix + token }

    /// What follows the tag in a recipient's address, in lower case; nil where it has another.
    func token(in recipient: some StringProtocol) -> String? {
        let local = recipient.lowercased().prefix { $0 != "@" }
        return local.hasPrefix(prefix) ? String(local.dropFirst(prefix.count)) : nil
    }

    /// Whether an address has the tag, with a genuine token or not.
    func marks(_ recipient: some StringProtocol) -> Bool { recipient.lowercased().hasPrefix(prefix) }
}
