import HTTP
import JSON

/// An interface of a supplier's system that speaks JSON: where it begins, how we show who we are, and the wire to it.
struct JSONInterface {
    let wire: Wire
    private let url: String
    private let authorization: String

    init(at url: String, authorization: String, over wire: Wire) {
        (self.url, self.authorization, self.wire) = (Self.beginning(url), authorization, wire)
    }

    /// Where an interface begins, without a slash at its end.
    static func beginning(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// - Parameter path: what follows the beginning, with its query.
    func answer(
        _ method: HTTP.Method, _ path: String, _ body: JSON? = nil, as mediaType: String = "application/json"
    ) async throws(Setback) -> Response {
        var request = Request(
            method, to: try WebAddress(calling: url + path),
            fields: [.authorization: authorization, .accept: "application/json"])
        if let body {
            request.fields[.contentType] = mediaType
            request.body = RequestBody(body.bytes())
        }
        return try await wire.answer(to: request)
    }
}

extension JSON {
    /// The content of an answer. A page for people is no answer: their system is being worked on.
    init(answered response: Response) throws(Setback) {
        do {
            self = try JSON.parse(response.body.bytes)
        } catch {
            throw .postponed(
                because: "the supplier answered \(response.status) with something that is no JSON", after: nil)
        }
    }
}
