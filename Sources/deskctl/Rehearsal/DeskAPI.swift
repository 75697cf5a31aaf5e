import HTTP
import JSON
import Runtime

/// The desk's API as another program sees it.
struct DeskAPI: Sendable {
    let client: HTTPClient
    /// Where the gateway is, without a slash at the end.
    let base: String
    let token: String

    /// An answer that was not what was asked for.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    func get(_ path: String) async throws -> JSON { try JSON.parse(try await send(.get, path).text) }

    @discardableResult
    func post(_ path: String, _ body: JSON) async throws -> JSON {
        try JSON.parse(try await send(.post, path, body).text)
    }

    /// Changes a ticket as it is now.
    func put(_ path: String, of number: String, _ body: JSON) async throws {
        let ticket = try await send(.get, "/api/v1/tickets/\(number)")
        var fields = Fields()
        fields["If-Match"] = ticket.fields["ETag"]
        _ = try await send(.put, "/api/v1/tickets/\(number)/\(path)", body, fields: fields)
    }

    private func send(
        _ method: HTTP.Method, _ path: String, _ body: JSON? = nil, fields: Fields = Fields()
    ) async throws -> Response {
        guard let address = WebAddress(base + path) else { throw Refused(description: "\(base)\(path) is no address") }
        var request = Request(method, to: address, fields: fields)
        request.fields[.authorization] = "Bearer \(token)"
        if let body {
            request.fields[.contentType] = "application/json"
            request.body = RequestBody(body.bytes())
        }
        let response = try await client.send(request, within: .seconds(20), upTo: 4 << 20)
        guard (200..<300).contains(response.status.code) else {
            throw Refused(
                description: "\(method) \(path) was answered with \(response.status.code): \(response.text.prefix(500))"
            )
        }
        return response
    }
}
