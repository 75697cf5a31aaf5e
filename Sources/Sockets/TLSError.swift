import COpenSSL

/// An encrypted stream that did not come about or broke.
public struct TLSError: Error, Hashable, CustomStringConvertible {
    /// Whether the other side's certificate was the reason: trying again does not help.
    public let isCertificate: Bool
    public let description: String

    /// A refusal of the certificate that `server` showed.
    init(server: String, verification: Int) {
        isCertificate = true
        description =
            "the certificate of \(server) is refused: \(String(cString: X509_verify_cert_error_string(verification)))"
    }

    /// A failure that is not of the certificate.
    init(_ description: String) {
        isCertificate = false
        self.description = description
    }

    /// The reasons in this thread's error queue, which is emptied, for a failure to do `what`.
    static func queued(_ what: String) -> TLSError {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            var text = [CChar](repeating: 0, count: 256)
            ERR_error_string_n(code, &text, text.count)
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            reasons.append(String(decoding: bytes, as: UTF8.self))
        }
        return TLSError("\(what): \(reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; "))")
    }
}
