/// A request: as the server hands it to an endpoint, or as the client is asked to send it.
public struct Request: Sendable {
    public var method: Method
    public var target: Target
    public var version: Version
    public var scheme: WebAddress.Scheme
    /// The host and port it is for. Nil only in HTTP/1.0 without a Host field.
    public var authority: Authority?
    public var fields: Fields
    public var body: RequestBody
    /// The numeric address of the client, as text. Behind trusted proxies, the one they report.
    public var client: String
    /// The name of this request in logs and answers.
    public var id: String

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

    /// A request that has arrived.
    init(_ head: RequestHead, client: String, id: String) {
        self.init(head.method, target: head.target, scheme: .http, authority: head.authority, fields: head.fields)
        version = head.version
        self.client = client
        self.id = id
    }

    private init(
        _ method: Method, target: Target, scheme: WebAddress.Scheme, authority: Authority?, fields: Fields,
        body: RequestBody = .empty
    ) {
        self.method = method
        self.target = target
        version = .http11
        self.scheme = scheme
        self.authority = authority
        self.fields = fields
        self.body = body
        client = ""
        id = ""
    }

    /// The path as it was sent, percent-encoded, without the query.
    public var path: String { target.path }

    /// The pairs of the query string, decoded.
    public var query: Query { target.query.map { Query($0) } ?? Query() }

    public var cookies: Cookies { Cookies(fields) }

    /// What kind of content the body is said to be.
    public var contentType: MediaType? { fields[.contentType].flatMap(MediaType.init) }
}
