/// A mailbox as a header or an envelope names it.
public struct Address: Hashable, Sendable {
    /// The name shown to people, decoded; nil if there is none.
    public var name: String?
    /// What stands before the last "@", without quotes. Empty if the header gave a name only.
    public var local: String
    /// What stands after the last "@". Empty if there is none.
    public var domain: String
    /// The group in whose list the address stood.
    public var group: String?

    public init(name: String? = nil, local: String, domain: String, group: String? = nil) {
        self.name = name
        self.local = local
        self.domain = domain
        self.group = group
    }

    /// An address such as `ada@example.org` or `Ada <ada@example.org>`; nil if the text is not exactly one complete
    /// address that could be sent to.
    public init?(_ text: some StringProtocol) {
        let list = AddressParser.parse(Array(text.utf8)[...])
        guard list.addresses.count == 1, list.isClean, let address = list.addresses.first, address.isComplete else {
            return nil
        }
        self = address
    }

    /// Whether mail could be sent to it: both halves are there and hold nothing that no address may hold.
    public var isComplete: Bool {
        !local.isEmpty && !domain.isEmpty && local.utf8.count <= 64 * 4 && domain.utf8.count <= 255
            && local.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
            && domain.unicodeScalars.allSatisfy {
                $0.value > 32 && $0.value != 127 && !"<>()@,;\"\\".unicodeScalars.contains($0)
            }
    }

    /// The address without the name, as it stands in an envelope: `ada@example.org`. The local part is quoted where
    /// it must be (RFC 5322, section 3.4.1).
    public var specification: String {
        let needsQuotes =
            local.hasPrefix(".") || local.hasSuffix(".") || local.holds("..") || local.isEmpty
            || !local.utf8.allSatisfy { $0 == .dot || AddressLexer.isAtomText($0) }
        guard !domain.isEmpty else { return local }
        return (needsQuotes ? Self.quoted(local) : local) + "@" + domain
    }

    /// The form under which two addresses are held to be the same: lower case throughout.
    public var key: String { specification.lowercased() }

    /// The text as a quoted string (RFC 5322, section 3.2.4).
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}

extension Address: CustomStringConvertible {
    /// The address as people read it: `Ada Lovelace <ada@example.org>`.
    public var description: String {
        guard let name else { return specification }
        return specification.isEmpty ? name : "\(name) <\(specification)>"
    }
}
