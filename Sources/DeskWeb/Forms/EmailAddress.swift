public import Catalogue

/// Whether a text can be an address to answer to. Only sending shows whether it is one.
public enum EmailAddress {
    public static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
                && !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
        }
    }
}

extension Draft {
    /// An address of e-mail that a form cannot do without; what is wrong with it is noted.
    public mutating func requireAddress(_ field: String, _ wording: Wording) -> String {
        let address = require(field, .errorEmailMissing, atMost: 254, named: .fieldEmail, wording)
        if !address.isEmpty, !EmailAddress.isPlausible(address) { refuse(field, wording(.errorEmailFormat)) }
        return address
    }
}
