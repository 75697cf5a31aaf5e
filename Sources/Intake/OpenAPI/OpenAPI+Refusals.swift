import DeskStore
import HTTP
import JSON

extension OpenAPI {
    /// A way in which a request can be turned away.
    struct Refusal: Sendable {
        let status: Status
        let detail: String
        /// Header fields that come with it, by their names in `OpenAPI.headers`.
        var fields: [String] = []
        let isPossible: @Sendable (Operation) -> Bool

        /// As OpenAPI writes it: all of them are problems (RFC 9457).
        var json: JSON {
            var object = JSONObject([
                ("description", detail.json),
                ("content", ["application/problem+json": ["schema": JSONSchema.component("Problem").json]] as JSON),
            ])
            if !fields.isEmpty { object["headers"] = OpenAPI.headers(fields) }
            return .object(object)
        }
    }

    static let refusals: [Refusal] = [
        Refusal(status: .badRequest, detail: "The request cannot be read.") { _ in true },
        Refusal(status: .unauthorized, detail: "There is no valid token.") { $0.scope != nil },
        Refusal(status: .forbidden, detail: "The token does not allow it.") { $0.scope != nil },
        Refusal(status: .notFound, detail: "There is no such thing, or the token does not see it.") { $0.scope != nil },
        Refusal(status: .conflict, detail: "It is not possible as things are; `reason` says why.") { $0.changes },
        Refusal(status: .preconditionFailed, detail: "The ticket has changed since it was read.") {
            $0.needsVersion || $0.isConditional
        },
        Refusal(status: .rangeNotSatisfiable, detail: "None of the bytes asked for is there.") { $0.answer.isRanged },
        Refusal(status: .contentTooLarge, detail: "The body is too large.") { _ in true },
        Refusal(status: .uriTooLong, detail: "The address is too long.") { _ in true },
        Refusal(status: .unsupportedMediaType, detail: "The body is of another type.") { $0.changes },
        Refusal(
            status: .unprocessableContent, detail: "The request is not what is asked for; `errors` tells all faults."
        ) { $0.changes || $0.scope == .readFigures },
        Refusal(status: .preconditionRequired, detail: "If-Match is missing.") { $0.needsVersion },
        Refusal(
            status: .tooManyRequests, detail: "Too many requests; Retry-After says when to come again.",
            fields: ["Retry-After"] + OpenAPI.quotaFields
        ) { _ in true },
        Refusal(status: .requestHeaderFieldsTooLarge, detail: "The header is too large.") { _ in true },
        Refusal(
            status: .serviceUnavailable, detail: "Nothing was saved; Retry-After says when to come again.",
            fields: ["Retry-After"]
        ) { _ in true },
    ]
}

extension Operation {
    /// Whether it changes anything.
    var changes: Bool { method != .get }

    /// Whether it is read only if it is another version than the client has.
    var isConditional: Bool { method == .get && answer.fields.contains("ETag") }
}
