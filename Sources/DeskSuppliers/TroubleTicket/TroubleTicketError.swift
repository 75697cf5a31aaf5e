public import JSON

/// The body of an answer that refuses, as TMF621 and MEF 124 write it.
public struct TroubleTicketError: Error, Hashable, Sendable {
    /// The status code of the answer.
    public var status: Int
    /// A word for programs, as MEF 124 lists them, such as `invalidQuery`.
    public var code: String
    /// What was wrong, and what to do.
    public var reason: String

    public init(status: Int, code: String, reason: String) {
        (self.status, self.code, self.reason) = (status, code, reason)
    }

    /// An answer without a word of its own gets that of its status.
    public init(status: Int, reason: String) {
        let words = [
            400: "invalidBody", 401: "invalidCredentials", 403: "accessDenied", 404: "notFound", 405: "notAllowed",
            406: "notAcceptable", 409: "conflict", 415: "unsupportedMediaType", 429: "tooManyRequests",
            501: "notImplemented", 503: "serviceUnavailable",
        ]
        self.init(status: status, code: words[status] ?? "internalError", reason: reason)
    }

    public var json: JSON {
        .object([
            "code": code, "reason": reason, "message": reason, "status": String(status), "@type": "Error",
        ])
    }
}

/// One thing that is wrong in the body of a request (MEF 124, `Error422`).
public struct TroubleTicketFault: Hashable, Sendable {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case missingProperty
        case invalidValue
        case invalidFormat
        case referenceNotFound
        case unexpectedProperty
        case tooManyRecords
        case otherIssue
    }

    public let code: Code
    public let pointer: JSONPointer
    public let reason: String

    public init(_ code: Code, at pointer: JSONPointer, _ reason: String) {
        (self.code, self.pointer, self.reason) = (code, pointer, reason)
    }

    public init(_ code: Code, at member: String, _ reason: String) {
        self.init(code, at: JSONPointer([member]), reason)
    }

    fileprivate var json: JSON {
        .object([
            "code": code.rawValue, "propertyPath": pointer.description, "reason": reason,
            "message": "\(pointer.description) \(reason)",
        ])
    }
}

/// Everything that is wrong in the body of a request; never empty.
public struct TroubleTicketFaults: Error, Hashable, Sendable {
    public let list: [TroubleTicketFault]

    public init(_ list: [TroubleTicketFault]) { self.list = list }

    /// What is wrong with a body that has not the form asked for.
    public init(_ faults: JSONFaults) {
        list = faults.list.map { fault in
            let code: TroubleTicketFault.Code =
                fault.detail == "is required"
                ? .missingProperty : fault.detail.hasPrefix("is unknown") ? .unexpectedProperty : .invalidValue
            return TroubleTicketFault(code, at: fault.pointer, fault.detail)
        }
    }

    public var json: JSON { .array(list.map(\.json)) }
}
