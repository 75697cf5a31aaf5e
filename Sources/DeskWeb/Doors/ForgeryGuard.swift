import HTTP
import Secrets

/// Keeps other sites from sending our forms with our visitors' cookies (OWASP ASVS 5.0, 3.5).
struct ForgeryGuard: Sendable {
    /// The name of the hidden field with the token.
    static let field = "form_token"
    /// The header field in which scripts send it.
    static let header: FieldName = "X-CSRF-Token"

    private let tokens: CSRFTokens
    private let origin: String

    init(_ tokens: CSRFTokens, origin: WebAddress) {
        self.tokens = tokens
        self.origin = Self.origin(of: origin)
    }

    func token(for key: String) -> String { tokens.token(session: key) }

    /// Refuses what a page of another site has sent. Modern browsers say where a request comes from; of others, the
    /// address of the page is compared with ours.
    func checkOrigin(of request: Request) throws(TurnedAway) {
        guard !request.method.isSafe else { return }
        if let site = request.fields["Sec-Fetch-Site"] {
            guard site == "same-origin" else { throw .forged }
            return
        }
        let source = request.fields[.origin] ?? request.fields[.referer]
        guard let address = source.flatMap({ WebAddress($0) }), Self.origin(of: address) == origin else {
            throw .forged
        }
    }

    /// Refuses a form that we have not given to this visitor.
    func checkToken(of request: Request, for key: String) throws {
        guard !request.method.isSafe else { return }
        try check(request.fields[Self.header] ?? Self.token(in: request), for: key)
    }

    /// Refuses a token that we have not given to this visitor, or none.
    func check(_ shown: String?, for key: String) throws(TurnedAway) {
        guard let shown, tokens.accepts(shown, session: key) else { throw TurnedAway.forged }
    }

    /// The token in a form. Of a form with files only the beginning is read: our forms hold the token before all else.
    private static func token(in request: Request) throws -> String? {
        guard let type = request.contentType, var parser = MultipartParser(type) else {
            return try request.form()[field]
        }
        parser.feed(Array(request.body.bytes.prefix(16_384)))
        var value: [UInt8] = []
        var isToken = false
        while let event = try parser.next() {
            switch event {
            case .part(let head): isToken = head.name == field
            case .data(let bytes): if isToken { value += bytes }
            case .endOfPart: if isToken { return String(decoding: value, as: UTF8.self) }
            }
        }
        return nil
    }

    private static func origin(of address: WebAddress) -> String {
        "\(address.scheme.rawValue)://\(address.authority.host):\(address.port)"
    }
}
