public import JSON

extension JSONForm<String> {
    /// A code of our own: small letters, digits and `.`, `-`, `_`.
    static var code: JSONForm {
        JSONForm.line(length: 1...64).checked(
            "must be small letters, digits, '.', '-' or '_', such as osl-first", pattern: "^[a-z0-9][a-z0-9._-]*$"
        ) { text in
            let first = text.utf8.first.map { isLetterOrDigit($0) } ?? false
            return first && text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) } ? text : nil
        }
    }

    /// The code of a site, with which its tickets' numbers begin.
    static var siteCode: JSONForm {
        JSONForm.line(length: 1...64)
            .checked(
                "must be two to eight capital letters or digits, a letter first, such as OSL",
                pattern: "^[A-Z][A-Z0-9]{1,7}$"
            ) { TicketNumber.isSiteCode($0) ? $0 : nil }
    }

    /// A language as BCP 47 writes it, such as `nb` or `en-GB`.
    static var language: JSONForm {
        JSONForm.line(length: 1...35).checked(
            "must be a language such as nb, or en-GB", pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
        ) { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            let isLanguage = (2...3).contains(parts[0].count) && parts[0].allSatisfy { isLetter($0) }
            let areParts = parts.dropFirst().allSatisfy { part in
                (1...8).contains(part.count) && part.allSatisfy { isLetter($0 | 0x20) || isDigit($0) }
            }
            return isLanguage && areParts ? text : nil
        }
    }

    /// A mail address in small letters, as mail is compared.
    public static var address: JSONForm {
        JSONForm.line(length: 3...254).checked(
            "must be a mail address such as help@example.com", pattern: "^[^@]+@[A-Za-z0-9.-]+$"
        ) { isAddress($0) ? $0.lowercased() : nil }
    }

    /// A mail address, or all of a domain as `@example.com`, in small letters.
    static var sender: JSONForm {
        JSONForm.line(length: 4...254).checked(
            "must be a mail address, or a domain such as @noc.example.com", pattern: "^[^@]*@[A-Za-z0-9.-]+$"
        ) { text in
            let isSender = text.hasPrefix("@") ? isDomain(text.dropFirst()) : isAddress(text)
            return isSender ? text.lowercased() : nil
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && (1...64).contains(parts[0].utf8.count) && isDomain(parts[1])
            && !text.contains { $0.isWhitespace || "<>()[],;:\\\"".contains($0) }
    }

    /// A domain with at least two labels.
    static var domain: JSONForm {
        JSONForm.line(length: 3...253).checked(
            "must be a domain such as desk.example.com", pattern: #"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"#
        ) {
            isDomain($0[...]) ? $0.lowercased() : nil
        }
    }

    /// An address of the web, with a host.
    static var webAddress: JSONForm {
        JSONForm.line(length: 1...2000).checked(
            "must be an address such as https://example.com/desk", pattern: "^https?://[!-~]+$"
        ) { text in
            let schemes = ["https://", "http://"]
            guard let scheme = schemes.first(where: text.hasPrefix), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
                return nil
            }
            let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return host.isEmpty || host.contains("@") ? nil : text
        }
    }

    /// Where the value of a secret is kept: `{"secret":"NAME"}`. The value itself never stands in a document.
    static var secretName: JSONForm {
        .object { reader in reader.required("secret", .code) }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { isLetter($0 | 0x20) || isDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
