import DeskSuppliers
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
    /// - Parameters:
    ///   - path: what follows the beginning, with its query.
    ///   - words: what the record holds in place of a body that holds a file.
    ///   - limit: how many bytes of the answer are read.
    func answer(
        _ method: HTTP.Method, _ path: String, _ body: JSON? = nil, as mediaType: String = "application/json",
        noting words: String? = nil, upTo limit: Int = Wire.largestAnswer
    ) async throws(Setback) -> Response {
        var request = try request(method, path)
        if let body { request.carry(body.bytes(), as: mediaType) }
        return try await wire.answer(to: request, noting: words, upTo: limit)
    }

    /// Sends a file and returns the answer, whatever its status.
    ///
    /// - Parameters:
    ///   - fields: beside those of every request.
    ///   - words: what the record holds in place of the bytes.
    func answer(
        _ path: String, uploading bytes: [UInt8], as mediaType: String, fields: Fields = [:], noting words: String
    ) async throws(Setback) -> Response {
        var request = try request(.post, path)
        request.fields.add(fields)
        request.carry(bytes, as: mediaType)
        return try await wire.answer(to: request, noting: words)
    }

    /// The answer that holds a file.
    ///
    /// - Parameter place: what follows the beginning, or a URL; whoever answers at another one than ours is not told
    ///   who we are.
    func answer(
        with file: AttachedFile, at place: String, upTo limit: Int = Int(SharedFile.mostBytes)
    ) async throws(Setback) -> Response {
        let (ours, address) = (try WebAddress(calling: url), try WebAddress(calling: whole(place)))
        let isOurs = (address.scheme, address.authority) == (ours.scheme, ours.authority)
        let request = Request(.get, to: address, fields: isOurs ? [.authorization: authorization] : [:])
        let response = try await wire.file(by: request, upTo: limit)
        if let setback = Setback(response, at: wire.now) { throw setback }
        let type = response.fields[.contentType].map { MediaType.essence(ofFile: $0) }
        if type == "text/html", MediaType.essence(ofFile: file.type) != type {
            throw .postponed(because: "the supplier answered with a page for people in place of a file", after: nil)
        }
        return response
    }

    private func whole(_ place: String) -> String {
        place.contains("://") ? place : url + (place.hasPrefix("/") ? "" : "/") + place
    }

    private func request(_ method: HTTP.Method, _ path: String) throws(Setback) -> Request {
        Request(
            method, to: try WebAddress(calling: url + path),
            fields: [.authorization: authorization, .accept: "application/json"])
    }
}

extension Request {
    fileprivate mutating func carry(_ bytes: [UInt8], as mediaType: String) {
        fields[.contentType] = mediaType
        body = RequestBody(bytes)
    }
}

extension JSON {
    /// The content of an answer. A page for people is no answer: their system is being worked on.
    init(answered response: Response) throws(Setback) {
        do {
            // How long it may be was said when it was asked for.
            self = try JSON.parse(response.body.bytes, limits: JSONLimits(bytes: response.body.bytes.count))
        } catch {
            throw .postponed(
                because: "the supplier answered \(response.status) with something that is no JSON", after: nil)
        }
    }
}
