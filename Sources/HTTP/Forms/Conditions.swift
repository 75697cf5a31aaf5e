public import Moments

/// What a client wants to hold before its request is carried out (RFC 9110 section 13), judged in the order of
/// section 13.2.2.
public struct Conditions: Sendable {
    /// What is to be done with the request.
    public enum Verdict: Sendable, Equatable {
        /// Carry the request out.
        case proceed
        /// The client has this version already: answer 304.
        case notModified
        /// The client thought of another version: answer 412.
        case failed
    }

    private let request: Request

    public init(_ request: Request) { self.request = request }

    /// Whether the client named the version it means to change. Where this is required and absent, answer 428.
    public var namesVersion: Bool { request.fields.contains(.ifMatch) }

    /// Compares the conditions with the present version. Without a `tag` the resource does not exist. A field that
    /// cannot be read never matches. Dates
    /// count to the second.
    public func verdict(tag: EntityTag?, lastModified: Moment? = nil) -> Verdict {
        let reads = request.method == .get || request.method == .head
        if let field = request.fields[.ifMatch] {
            guard matches(field, tag, strongly: true) else { return .failed }
        } else if let since = date(.ifUnmodifiedSince), let lastModified, lastModified.seconds > since {
            return .failed
        }
        if let field = request.fields[.ifNoneMatch] {
            if matches(field, tag, strongly: false) { return reads ? .notModified : .failed }
        } else if reads, let since = date(.ifModifiedSince), let lastModified, lastModified.seconds <= since {
            return .notModified
        }
        return .proceed
    }

    private func matches(_ field: String, _ tag: EntityTag?, strongly: Bool) -> Bool {
        guard let tag else { return false }
        if field == "*" { return true }
        guard let tags = EntityTag.list(field) else { return false }
        return tags.contains { $0.text == tag.text && !(strongly && ($0.isWeak || tag.isWeak)) }
    }

    private func date(_ name: FieldName) -> Int64? { request.fields[name].flatMap(HTTPDate.seconds) }
}
