/// The answer to a request.
public struct Response: Sendable {
    public var status: Status
    public var fields: Fields
    public var body: ResponseBody

    public init(_ status: Status = .ok, fields: Fields = Fields(), body: ResponseBody = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// An answer with content of that type.
    public init(_ status: Status = .ok, type: String, bytes: [UInt8], fields: Fields = Fields()) {
        self.init(status, fields: fields, body: .bytes(bytes))
        self.fields[.contentType] = type
    }

    public init(_ status: Status = .ok, text: String) {
        self.init(status, fields: Self.plain, body: .bytes(Array(text.utf8)))
    }

    public init(_ status: Status = .ok, html: String) {
        self.init(status, fields: Self.page, body: .bytes(Array(html.utf8)))
    }

    /// An answer with a JSON document already written.
    public init(_ status: Status = .ok, json: [UInt8]) {
        self.init(status, fields: Self.document, body: .bytes(json))
    }

    // Made once, since most answers carry one of them.
    private static let plain: Fields = [.contentType: "text/plain; charset=utf-8"]
    private static let page: Fields = [.contentType: "text/html; charset=utf-8"]
    private static let document: Fields = [.contentType: "application/json"]

    /// Something new that is now found at `location`.
    public static func created(at location: String) -> Response {
        Response(.created, fields: [.location: location])
    }

    /// Sends the browser on to look at a page, after a form was taken.
    public static func seeOther(_ location: String) -> Response {
        Response(.seeOther, fields: [.location: location])
    }

    /// The content as text; octets that are no UTF-8 become U+FFFD.
    public var text: String { String(decoding: body.bytes, as: UTF8.self) }
}
