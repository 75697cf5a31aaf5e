/// The server that takes our mail and carries it on, as it stands in a setting.
public struct Smarthost: Hashable, Sendable {
    /// How the conversation is kept from others.
    public enum Security: Hashable, Sendable {
        /// Nothing is encrypted: for a server on the same machine or a network of our own.
        case plain
        /// Encrypted from the first byte (RFC 8314).
        case tls
        /// Encrypted from STARTTLS on, and not used at all if that is not offered (RFC 3207).
        case startTLS
    }

    public let dialect: MailSession.Dialect
    public let security: Security
    public let host: String
    public let port: UInt16
    public let user: String?
    let password: String

    /// Reads `smtp://host`, `smtps://user:password@host:465`, `smtp+starttls://user:password@host:587` or
    /// `lmtp://host:24`. User and password are percent-encoded where they hold `:`, `@`, `/` or `%`.
    ///
    /// - Throws: ``Fault`` with what is wrong; it never shows the password.
    public init(_ text: String) throws(Fault) {
        guard let mark = text.firstRange(of: "://") else { throw Fault(reason: "it does not begin with smtp://") }
        let scheme = text[..<mark.lowerBound].lowercased()
        let standardPort: UInt16
        switch scheme {
        case "smtp": (dialect, security, standardPort) = (.smtp, .plain, 25)
        case "smtps": (dialect, security, standardPort) = (.smtp, .tls, 465)
        case "smtp+starttls": (dialect, security, standardPort) = (.smtp, .startTLS, 587)
        case "lmtp": (dialect, security, standardPort) = (.lmtp, .plain, 24)
        default:
            throw Fault(reason: "\(scheme):// is none of smtp://, smtps://, smtp+starttls:// and lmtp://")
        }
        var rest = text[mark.upperBound...]
        if rest.hasSuffix("/") { rest.removeLast() }
        if let at = rest.lastIndex(of: "@") {
            let halves = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let user = Self.percentDecoded(halves[0]), !user.isEmpty,
                let password = Self.percentDecoded(halves[1])
            else { throw Fault(reason: "what stands before the @ is not user:password") }
            self.user = user
            self.password = password
            rest = rest[rest.index(after: at)...]
        } else {
            user = nil
            password = ""
        }
        (host, port) = try Self.hostAndPort(rest, standardPort: standardPort)
    }

    private static func hostAndPort(
        _ text: Substring, standardPort: UInt16
    ) throws(Fault) -> (String, UInt16) {
        var host = text
        var port = standardPort
        let isBracketed = text.hasPrefix("[")
        if let colon = text.lastIndex(of: ":"), !isBracketed || text[..<colon].hasSuffix("]") {
            guard let number = UInt16(text[text.index(after: colon)...]), number > 0 else {
                throw Fault(reason: "what stands after the last colon is not a port from 1 to 65535")
            }
            port = number
            host = text[..<colon]
        }
        if isBracketed {
            guard host.hasSuffix("]") else { throw Fault(reason: "the bracket before the address is not closed") }
            host = host.dropFirst().dropLast()
        }
        let isName = host.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 > 127 || "-._".utf8.contains($0) }
        let isAddress = isBracketed && host.utf8.allSatisfy { $0.hexValue != nil || ":.%".utf8.contains($0) }
        guard !host.isEmpty, host.utf8.count <= 255, isName || isAddress else {
            throw Fault(reason: "\"\(host)\" is not the name or address of a host")
        }
        return (String(host), port)
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexValue, let low = rest.popFirst()?.hexValue else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// Why a text names no smarthost.
    public struct Fault: Error, Hashable, CustomStringConvertible {
        let reason: String

        public var description: String { reason }
    }
}

extension Smarthost: CustomStringConvertible {
    /// The address without user and password.
    public var description: String {
        let scheme =
            switch (dialect, security) {
            case (.lmtp, _): "lmtp"
            case (.smtp, .plain): "smtp"
            case (.smtp, .tls): "smtps"
            case (.smtp, .startTLS): "smtp+starttls"
            }
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
