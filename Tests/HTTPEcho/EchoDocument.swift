import HTTP
import JSON
import Secrets

/// A request as one JSON document.
struct EchoDocument {
    let bytes: [UInt8]

    init(_ request: Request) {
        let body = request.body.bytes
        let pairs: [(name: String, value: String)] = request.fields.map { ($0.name.text, $0.value) }
        let document: JSON = [
            "method": .string(request.method.rawValue), "path": .string(request.path),
            "query": request.target.query.map { .string($0) } ?? .null,
            "segments": .array(request.target.segments.map { .string($0) }),
            "version": .string(request.version.description),
            "host": request.authority.map { .string($0.description) } ?? .null,
            "framing": .string(EchoEndpoints.framing(request)), "fields": Self.list(pairs),
            "cookies": Self.list(Array(request.cookies)),
            "body_length": .number(JSONNumber(Int64(body.count))),
            "body_sha256": .string(Digest(sha256: body).hex), "body_base64": .string(Base64.encode(body)),
        ]
        bytes = document.bytes()
    }

    private static func list(_ pairs: [(name: String, value: String)]) -> JSON {
        .array(pairs.map { .array([.string($0.name), .string($0.value)]) })
    }
}
