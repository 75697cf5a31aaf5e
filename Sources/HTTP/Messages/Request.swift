/// A request: as the server hands it to an endpoint, or as the client is asked to send it.
public struct Request: Sendable {
    /// All of it, in one block that is copied on write: on its way to the endpoint a request goes through many hands,
    /// and a copy must cost one count and not a dozen.
    // Safe: written only through `own`, while no other request refers to it.
    private final class Content: @unchecked Sendable {
        var method: Method
        var target: Target
        var version: Version
        var scheme: WebAddress.Scheme
        var authority: Authority?
        var fields: Fields
        var body: RequestBody
        var client = ""
        var id = ""

        init(
            _ method: Method, _ target: Target, _ scheme: WebAddress.Scheme, _ authority: Authority?, _ fields: Fields,
            _ body: RequestBody, _ version: Version = .http11
        ) {
            self.method = method
            self.target = target
            self.scheme = scheme
            self.authority = authority
            self.fields = fields
            self.body = body
            self.version = version
        }

        convenience init(_ other: Content) {
            self.init(
                other.method, other.target, other.scheme, other.authority, other.fields, other.body, other.version)
            client = other.client
            id = other.id
        }
    }

    private var content: Content

    /// The content, which from here on belongs to this request alone.
    private var own: Content {
        mutating get {
            if !isKnownUniquelyReferenced(&content) { content = Content(content) }
            return content
        }
    }

    public var method: Method {
        get { content.method }
        set { own.method = newValue }
    }

    public var target: Target {
        get { content.target }
        set { own.target = newValue }
    }

    public var version: Version {
        get { content.version }
        set { own.version = newValue }
    }

    public var scheme: WebAddress.Scheme {
        get { content.scheme }
        set { own.scheme = newValue }
    }

    /// The host and port it is for. Nil only in HTTP/1.0 without a Host field.
    public var authority: Authority? {
        get { content.authority }
        set { own.authority = newValue }
    }

    public var fields: Fields {
        get { content.fields }
        // In place: setting one field must not copy them all.
        _modify { yield &own.fields }
    }

    public var body: RequestBody {
        get { content.body }
        set { own.body = newValue }
    }

    /// The numeric address of the client, as text. Behind trusted proxies, the one they report.
    public var client: String {
        get { content.client }
        set { own.client = newValue }
    }

    /// The name of this request in logs and answers.
    public var id: String {
        get { content.id }
        set { own.id = newValue }
    }

    /// - Precondition: `target` is a percent-encoded path that begins with a slash, with an optional query.
    public init(_ method: Method, _ target: String, fields: Fields = Fields(), body: RequestBody = .empty) {
        guard let parsed = Target(target) else {
            preconditionFailure("\"\(target)\" is no request target: percent-encode it and begin it with a slash.")
        }
        self.init(method, target: parsed, scheme: .http, authority: nil, fields: fields, body: body)
    }

    /// A request to send to an address.
    public init(_ method: Method, to address: WebAddress, fields: Fields = Fields(), body: RequestBody = .empty) {
        self.init(method, address.target, fields: fields, body: body)
        scheme = address.scheme
        authority = address.authority
    }

    /// A request that has arrived, up to its body.
    init(_ line: consuming RequestLine, authority: consuming Authority?, fields: consuming Fields) {
        content = Content(line.method, line.target, .http, authority, fields, .empty, line.version)
    }

    private init(
        _ method: Method, target: Target, scheme: WebAddress.Scheme, authority: Authority?, fields: Fields,
        body: RequestBody = .empty
    ) {
        content = Content(method, target, scheme, authority, fields, body)
    }

    /// The path as it was sent, percent-encoded, without the query.
    public var path: String { target.path }

    /// The pairs of the query string, decoded.
    public var query: Query { target.query.map { Query($0) } ?? Query() }

    public var cookies: Cookies { Cookies(fields) }

    /// What kind of content the body is said to be.
    public var contentType: MediaType? { fields[.contentType].flatMap(MediaType.init) }
}
