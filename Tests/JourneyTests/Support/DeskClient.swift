import HTTP
import JSON
import PostgresTestSupport
import Runtime
import Sockets

/// A program of somebody else's that uses the desk's API as it should: every request carries an Idempotency-Key or a
/// precondition, and is repeated until it is answered.
struct DeskClient: Sendable {
    let base: String
    let token: String
    let client: HTTPClient

    init(port: UInt16, token: String) throws {
        (base, self.token) = ("http://127.0.0.1:\(port)", token)
        client = HTTPClient(
            loops: TestDatabase.loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: nil)
    }

    /// Sends a request once.
    func once(
        _ method: Method, _ path: String, _ body: JSON? = nil, fields: Fields = Fields()
    ) async throws -> Response {
        guard let address = WebAddress(base + path) else { throw HarnessFault("\(base)\(path) is no URL.") }
        var request = Request(method, to: address, fields: fields)
        request.fields[.authorization] = "Bearer \(token)"
        if let body {
            request.fields[.contentType] = "application/json"
            request.body = RequestBody(body.bytes())
        }
        return try await client.send(request, within: .seconds(10), upTo: 1 << 20)
    }

    /// Posts until there is an answer; the desk must carry it out once.
    func post(_ path: String, _ body: JSON, key: String) async throws -> JSON {
        try await until("an answer to POST \(path)") { () -> JSON? in
            guard let response = try await answer(.post, path, body, fields: ["Idempotency-Key": key]) else {
                return nil
            }
            guard response.status == .created else { throw unexpected(response, to: "POST \(path)") }
            return try JSON.parse(response.body.bytes)
        }
    }

    /// Sends a file that waits for the words it is to come with, and returns its identity.
    func upload(_ name: String, type: String, _ bytes: [UInt8], to ticket: String) async throws -> JSON {
        let path = "/api/v1/tickets/\(ticket)/attachments?name=\(name)"
        guard let address = WebAddress(base + path) else { throw HarnessFault("\(base)\(path) is no URL.") }
        let fields: Fields = [.contentType: type, .authorization: "Bearer \(token)", "Idempotency-Key": name]
        let request = Request(.post, to: address, fields: fields, body: RequestBody(bytes))
        let response = try await client.send(request, within: .seconds(10), upTo: 1 << 20)
        guard response.status == .created, let id = try JSON.parse(response.body.bytes)["id"] else {
            throw unexpected(response, to: "POST \(path)")
        }
        return id
    }

    /// Puts until it is done, each time onto the ticket as it then is; `isDone` sees that an unanswered one was.
    func put(_ path: String, of ticket: String, _ body: JSON?, isDone: (JSON) -> Bool) async throws {
        try await until("an answer to PUT \(path)") { () -> Void? in
            let address = "/api/v1/tickets/\(ticket)"
            guard let shown = try await answer(.get, address, nil), shown.status == .ok else { return nil }
            if isDone(try JSON.parse(shown.body.bytes)) { return () }
            var fields = Fields()
            fields["If-Match"] = shown.fields["ETag"]
            guard let response = try await answer(.put, "\(address)/\(path)", body, fields: fields) else { return nil }
            // Somebody else changed the ticket in between: look again.
            if response.status.code == 412 { return nil }
            guard response.status == .ok else { throw unexpected(response, to: "PUT \(path)") }
            return ()
        }
    }

    /// The answer; nil if there was none, or one that asks for patience.
    private func answer(
        _ method: Method, _ path: String, _ body: JSON?, fields: Fields = Fields()
    ) async throws -> Response? {
        do {
            let response = try await once(method, path, body, fields: fields)
            return response.status.code == 503 ? nil : response
        } catch is HTTPClientError {
            return nil
        }
    }

    private func unexpected(_ response: Response, to request: String) -> HarnessFault {
        HarnessFault("\(request) was answered \(response.status): \(response.text)")
    }
}
