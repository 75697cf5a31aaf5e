/// The name of a header field. Names differ only by their letters, never by case (RFC 9110 section 5.1).
public struct FieldName: Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as it is written to the wire.
    public let text: String

    /// Nil unless the text is a token of at least one character.
    public init?(_ text: String) {
        guard ByteClass.isToken(text.utf8) else { return nil }
        self.text = text
    }

    /// - Precondition: the literal is a token, such as `Content-Type`.
    public init(stringLiteral text: String) {
        precondition(
            ByteClass.isToken(text.utf8), "\"\(text)\" cannot be a field name: use letters, digits and hyphens.")
        self.text = text
    }

    public var description: String { text }
}

extension FieldName: Hashable {
    public static func == (left: FieldName, right: FieldName) -> Bool {
        left.text.utf8.count == right.text.utf8.count
            && zip(left.text.utf8, right.text.utf8).allSatisfy { ByteClass.lower($0) == ByteClass.lower($1) }
    }

    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(ByteClass.lower(byte)) }
    }
}

extension FieldName {
    public static let accept: FieldName = "Accept"
    public static let acceptRanges: FieldName = "Accept-Ranges"
    public static let acceptLanguage: FieldName = "Accept-Language"
    public static let allow: FieldName = "Allow"
    public static let authorization: FieldName = "Authorization"
    public static let cacheControl: FieldName = "Cache-Control"
    public static let connection: FieldName = "Connection"
    public static let contentDisposition: FieldName = "Content-Disposition"
    public static let contentEncoding: FieldName = "Content-Encoding"
    public static let contentLength: FieldName = "Content-Length"
    public static let contentRange: FieldName = "Content-Range"
    public static let contentType: FieldName = "Content-Type"
    public static let cookie: FieldName = "Cookie"
    public static let date: FieldName = "Date"
    public static let entityTag: FieldName = "ETag"
    public static let expect: FieldName = "Expect"
    public static let forwarded: FieldName = "Forwarded"
    public static let host: FieldName = "Host"
    public static let ifMatch: FieldName = "If-Match"
    public static let ifModifiedSince: FieldName = "If-Modified-Since"
    public static let ifNoneMatch: FieldName = "If-None-Match"
    public static let ifRange: FieldName = "If-Range"
    public static let ifUnmodifiedSince: FieldName = "If-Unmodified-Since"
    public static let lastModified: FieldName = "Last-Modified"
    public static let link: FieldName = "Link"
    public static let location: FieldName = "Location"
    public static let origin: FieldName = "Origin"
    public static let range: FieldName = "Range"
    public static let referer: FieldName = "Referer"
    public static let requestID: FieldName = "X-Request-Id"
    public static let retryAfter: FieldName = "Retry-After"
    public static let setCookie: FieldName = "Set-Cookie"
    public static let traceparent: FieldName = "traceparent"
    public static let tracestate: FieldName = "tracestate"
    public static let transferEncoding: FieldName = "Transfer-Encoding"
    public static let userAgent: FieldName = "User-Agent"
    public static let vary: FieldName = "Vary"
    public static let wwwAuthenticate: FieldName = "WWW-Authenticate"
}
