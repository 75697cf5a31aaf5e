/// What went wrong with a request, for programs and people (RFC 9457). Handlers throw it; the error renderer sends it.
public struct Problem: Error, Sendable, Equatable {
    /// One thing that was wrong in the body, and where, as a JSON Pointer in fragment form such as `#/requester/email`.
    public struct Fault: Sendable, Equatable {
        public var detail: String
        public var pointer: String?

        public init(_ detail: String, at pointer: String? = nil) {
            self.detail = detail
            self.pointer = pointer
        }
    }

    public var status: Status
    /// A URL that names the kind of problem; `about:blank` means that the status says it all.
    public var type = "about:blank"
    /// The kind of problem in words, always the same for one type.
    public var title: String
    /// What was wrong with this request, and what to do next.
    public var detail: String?
    /// All faults that were found, not just the first.
    public var errors: [Fault] = []
    /// Further members, such as `trace_id`. Names are of letters, digits and `_`, at least three.
    public var extensions: [String: String] = [:]
    /// The names of the quotas that the request would have gone beyond (draft-ietf-httpapi-ratelimit-headers).
    public var violatedPolicies: [String] = []
    /// Header fields that belong to the answer, such as Retry-After.
    public var fields = Fields()

    public init(_ status: Status, detail: String? = nil, errors: [Fault] = [], fields: Fields = Fields()) {
        self.status = status
        title = status.phrase
        self.detail = detail
        self.errors = errors
        self.fields = fields
    }

    /// A problem of a kind of its own, documented at `type`.
    public init(_ status: Status, type: String, title: String, detail: String? = nil, errors: [Fault] = []) {
        self.init(status, detail: detail, errors: errors)
        self.type = type
        self.title = title
    }

    /// The problem as `application/problem+json`.
    public var response: Response {
        var response = Response(status, fields: fields, body: .bytes(json))
        response.fields[.contentType] = "application/problem+json"
        return response
    }

    var json: [UInt8] {
        var text = JSONText()
        text.object {
            if type != "about:blank" { $0.member("type", type) }
            $0.member("title", title)
            $0.member("status", status.code)
            if let detail { $0.member("detail", detail) }
            for (name, value) in extensions.sorted(by: { $0.key < $1.key }) { $0.member(name, value) }
            if !violatedPolicies.isEmpty {
                $0.array("violated-policies", of: violatedPolicies) { name, text in text.element(name) }
            }
            if !errors.isEmpty {
                $0.array("errors", of: errors) { fault, text in
                    text.object {
                        $0.member("detail", fault.detail)
                        if let pointer = fault.pointer { $0.member("pointer", pointer) }
                    }
                }
            }
        }
        return text.bytes
    }
}

extension Problem: CustomStringConvertible {
    public var description: String { detail.map { "\(status): \($0)" } ?? "\(status)" }
}
