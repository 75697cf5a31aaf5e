import Sockets

/// The hosts that requests may be for. A request for another one has been led astray, or means to mislead: what is made
/// of its host, such as links, would lead elsewhere.
public struct ServedHosts: Sendable {
    /// In lower case; nil for any.
    private let names: Set<String>?
    private let includesAddresses: Bool

    /// Whatever the request says.
    public static let any = ServedHosts(names: nil, includesAddresses: true)

    /// - Parameter includesAddresses: whether a request may also name the machine by its address, or as `localhost`.
    public init(_ names: some Sequence<String>, includingAddresses includesAddresses: Bool = false) {
        self.init(names: Set(names.map { $0.lowercased() }), includesAddresses: includesAddresses)
    }

    private init(names: Set<String>?, includesAddresses: Bool) {
        self.names = names
        self.includesAddresses = includesAddresses
    }

    func serves(_ authority: Authority?) -> Bool {
        guard let names else { return true }
        guard let host = authority?.host else { return false }
        return names.contains(host) || (includesAddresses && (host == "localhost" || IPAddress(host) != nil))
    }
}
