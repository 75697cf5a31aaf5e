/// What kind of thing a part is (RFC 2045, section 5).
public struct ContentType: Hashable, Sendable {
    /// The type and subtype in lower case: `text/plain`.
    public let name: String
    public let parameters: Parameters

    static let plainText = ContentType(name: "text/plain", parameters: Parameters())
    static let message = ContentType(name: "message/rfc822", parameters: Parameters())

    private init(name: String, parameters: Parameters) {
        self.name = name
        self.parameters = parameters
    }

    /// What the unfolded value of a Content-Type field means; what is broken beyond repair is plain text.
    init(_ value: ArraySlice<UInt8>) {
        let (main, parameters) = ParameterParser.parse(value)
        self.parameters = parameters
        let halves = main.split(separator: "/", omittingEmptySubsequences: true)
        let isToken = main.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"<>@,;:\\\"[]?=()".utf8.contains($0) }
        if halves.count >= 2, isToken {
            name = "\(halves[0])/\(halves[1])"
        } else if main.hasPrefix("multipart") || main.isEmpty && parameters.bytes("boundary") != nil {
            name = "multipart/mixed"
        } else {
            name = "text/plain"
        }
    }

    /// The part of the name before the slash.
    public var type: Substring { name.prefix { $0 != "/" } }
    /// The part of the name after the slash.
    public var subtype: Substring { name.drop { $0 != "/" }.dropFirst() }

    /// Whether it may be a signature that encloses what it signs; if it is encrypted, it says so.
    var maySign: Bool {
        guard name == "application/pkcs7-mime" || name == "application/x-pkcs7-mime" else { return false }
        return ["signed-data", "signed-receipt", nil].contains(parameters["smime-type"]?.lowercased())
    }

    /// The boundary between the parts of a multipart.
    var boundary: [UInt8]? {
        guard var boundary = parameters.bytes("boundary") else { return nil }
        while boundary.last?.isBlank == true { boundary.removeLast() }
        return boundary.isEmpty || boundary.count > 998 ? nil : boundary
    }
}
