public import Sockets

/// Who may hand mail over: a mail server in front on this machine or in a private network, and whoever is named.
/// Nothing else stands between a stranger and mail in anybody's name.
public struct MailPeers: Sendable {
    private let named: [CIDR]

    /// - Parameter named: further addresses, public ones too.
    public init(naming named: [CIDR] = []) { self.named = named }

    /// Whether mail is taken from there. A peer without an address came through a socket of this machine.
    func admits(_ peer: SocketAddress?) -> Bool {
        guard let host = peer?.host else { return true }
        return !OutboundRules.isPublic(host) || named.contains { $0.contains(host) || $0.contains(host.unwrapped) }
    }

    /// What others are told before they are left (RFC 5321 section 3.1, RFC 3463).
    static let refusal = "554 5.7.1 Mail is not taken from this address. The desk's mail server is to hand it over.\r\n"
}
