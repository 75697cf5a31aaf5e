import DeskStore
import HTTP
import JSON

/// One thing that programs can ask of the desk, as the OpenAPI document tells of it.
struct Operation: Sendable {
    /// What is to be sent.
    enum Body: Sendable {
        case json(@Sendable (Directory) -> JSONSchema)
        /// A change of what is there (RFC 7396).
        case patch(@Sendable (Directory) -> JSONSchema)
        /// A file: as the body itself, or in a form.
        case file
    }

    /// What comes back if nothing is wrong.
    struct Answer: Sendable {
        var status: Status
        var schema: JSONSchema?
        var type = "application/json"
        /// Header fields that come with it, by their names in `OpenAPI.headers`.
        var fields: [String] = []
        /// Whether a part of it may be asked for.
        var isRanged = false
        /// Whether it may be followed as a stream of events.
        var isFollowed = false
    }

    let method: HTTP.Method
    /// The path with its values as `:names`, as the endpoint has it.
    let path: String
    /// By what generated clients call it.
    let name: String
    let summary: String
    /// What the token must allow; nil where no token is needed.
    let scope: TokenScope?
    var query: [Parameter] = []
    var body: Body?
    let answer: Answer
    /// Whether it demands the version of the ticket that the client has read.
    var needsVersion = false
    /// What it makes: the name of it in the paths of other operations, and where the answer tells it.
    var makes: (name: String, pointer: String)?

    init(
        _ method: HTTP.Method, _ path: String, _ name: String, _ summary: String, _ scope: TokenScope?,
        query: [Parameter] = [], body: Body? = nil, _ answer: Answer, needsVersion: Bool = false
    ) {
        (self.method, self.path, self.name, self.summary, self.scope) = (method, path, name, summary, scope)
        (self.query, self.body, self.answer, self.needsVersion) = (query, body, answer, needsVersion)
    }

    /// A change of one version of a ticket, answered with the ticket after it.
    static func change(
        _ method: HTTP.Method, _ path: String, _ name: String, _ summary: String, body: Body? = nil
    ) -> Operation {
        Operation(method, path, name, summary, .writeTickets, body: body, .ticket(.ok), needsVersion: true)
    }

    /// What is added to a ticket, answered with the ticket after it.
    static func add(_ path: String, _ name: String, _ summary: String, body: Body) -> Operation {
        Operation(.post, path, name, summary, .writeTickets, body: body, .ticket(.created))
    }

    /// The same, making what other operations name in their paths.
    func making(_ name: String, at pointer: String) -> Operation {
        var operation = self
        operation.makes = (name, pointer)
        return operation
    }

    /// The names in the path, in order.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.first == ":" }.map { String($0.dropFirst()) }
    }

    /// The path with its values in braces.
    var template: String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.first == ":" ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
    }
}

extension Operation.Answer {
    static func one(_ name: String, _ status: Status = .ok, fields: [String] = []) -> Self {
        Self(status: status, schema: .component(name), fields: fields)
    }

    static func list(_ name: String, isPaged: Bool = false) -> Self {
        Self(status: .ok, schema: JSONSchema.component(name).list, fields: isPaged ? ["Link"] : [])
    }

    static func followed(_ name: String) -> Self {
        var answer = list(name)
        answer.isFollowed = true
        return answer
    }

    static func ticket(_ status: Status) -> Self { one("Ticket", status, fields: ["ETag"]) }

    static var nothing: Self { Self(status: .noContent) }
}

extension JSONSchema {
    /// What the OpenAPI document keeps under this name.
    static func component(_ name: String) -> JSONSchema { .reference("#/components/schemas/\(name)") }
}
