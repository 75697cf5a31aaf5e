/// How the bytes of a part were made fit for transport (RFC 2045, section 6).
public enum TransferEncoding: Hashable, Sendable {
    /// 7bit, 8bit and binary: the bytes are as they are.
    case identity
    case base64
    case quotedPrintable
    case uuencode
    /// Not known; the bytes are taken as they are.
    case unknown(String)

    /// What the value of a Content-Transfer-Encoding field means, broken values included.
    init(_ value: String) {
        let token = value.lowercased().prefix { !" ;\t(\"".contains($0) }
        self =
            switch token.filter({ $0.isLetter || $0.isNumber || $0 == "-" }) {
            case "base64", "base-64", "b64": .base64
            case "quoted-printable", "quotedprintable", "qp", "quoted": .quotedPrintable
            case "x-uuencode", "uuencode", "x-uue", "uue": .uuencode
            case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "plain", "8bits", "7bits", "none": .identity
            default: .unknown(String(token.prefix(78)))
            }
    }

    /// The bytes that were meant, and what was wrong with the encoding.
    func decode(_ encoded: ArraySlice<UInt8>) -> (bytes: [UInt8], defect: Defect?) {
        switch self {
        case .identity: return (Array(encoded), nil)
        case .unknown(let name): return (Array(encoded), .unknownTransferEncoding(name))
        case .base64:
            let (bytes, isClean) = Base64.decode(encoded)
            return (bytes, isClean ? nil : .brokenTransferEncoding("base64"))
        case .quotedPrintable:
            let (bytes, isClean) = QuotedPrintable.decode(encoded)
            return (bytes, isClean ? nil : .brokenTransferEncoding("quoted-printable"))
        case .uuencode:
            let (bytes, isClean) = Uuencode.decode(encoded)
            return (bytes, isClean ? nil : .brokenTransferEncoding("uuencode"))
        }
    }
}
