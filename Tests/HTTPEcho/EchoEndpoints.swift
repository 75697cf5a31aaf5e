import HTTP
import Runtime
import Secrets

/// Answers that show how a request was understood. They are for tests only: none of the desk's programs has them.
enum EchoEndpoints {
    static func all(bodyLimit: Int? = nil) -> [Endpoint<Void>] {
        let methods = Method.allCases.filter { $0 != .connect && $0 != .trace }
        let any = methods.flatMap { method in
            [
                Endpoint<Void>(method, "/", body: .collected(limit: bodyLimit)) { request, _ in echo(request) },
                Endpoint(method, "/*path", body: .collected(limit: bodyLimit)) { (request, _, _: String) in
                    echo(request)
                },
            ]
        }
        return tellers(bodyLimit) + [slow, stream, sink] + any
    }

    /// The body as it came, and in fields of their own how the head was understood.
    static func echo(_ request: Request) -> Response {
        let body = request.body.bytes
        let target = request.target.query.map { "\(request.path)?\($0)" } ?? request.path
        return Response(
            type: request.fields[.contentType] ?? "application/octet-stream", bytes: body,
            fields: [
                "X-Echo-Method": request.method.rawValue, "X-Echo-Target": target,
                "X-Echo-Version": request.version.description,
                "X-Echo-Host": request.authority?.description ?? "", "X-Echo-Framing": framing(request),
                "X-Echo-Body-Length": "\(body.count)", "X-Echo-Body-SHA256": Digest(sha256: body).hex,
            ])
    }

    static func framing(_ request: Request) -> String {
        if request.fields.contains(.transferEncoding) { return "chunked" }
        return request.fields.contains(.contentLength) ? "length" : "none"
    }

    /// The parts of a request one by one: its fields, its cookies, and all of it as one document.
    private static func tellers(_ bodyLimit: Int?) -> [Endpoint<Void>] {
        [Method.get, .post].flatMap { method in
            [
                Endpoint(method, "/headers", body: .collected(limit: bodyLimit)) { request, _ in
                    Response(text: request.fields.map { "\($0.name): \($0.value)\n" }.joined())
                },
                Endpoint(method, "/cookie", body: .collected(limit: bodyLimit)) { request, _ in
                    Response(text: request.cookies.map { "\($0.name)=\($0.value)\n" }.joined())
                },
                Endpoint(method, "/json", body: .collected(limit: bodyLimit)) { request, _ in
                    Response(json: EchoDocument(request).bytes)
                },
            ]
        }
    }

    /// Answers after `?seconds=N`, at most a minute.
    private static let slow = Endpoint<Void>(.get, "/slow") { request, _ in
        let seconds = min(60, request.query["seconds"].flatMap(Double.init) ?? 1)
        try await EventLoop.current?.sleep(for: .seconds(seconds))
        return Response(text: "slow")
    }

    /// Sends `?bytes=N`, as fast as the client takes them.
    private static let stream = Endpoint<Void>(.get, "/stream") { request, _ in
        let count = max(0, request.query["bytes"].flatMap(Int.init) ?? 1_048_576)
        return Response(
            fields: [.contentType: "application/octet-stream"],
            body: .stream(length: count) { writer in
                let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
                var left = count
                while left > 0 {
                    try await writer.write(left < piece.count ? Array(piece[..<left]) : piece)
                    left -= piece.count
                }
            })
    }

    /// Takes any amount in constant memory and says what came.
    private static let sink = Endpoint<Void>(.post, "/sink", body: .streamed(limit: .max)) { request, _ in
        var digest = DigestStream()
        var count = 0
        for try await piece in request.body {
            digest.update(piece)
            count += piece.count
        }
        return Response(text: "\(count) \(digest.finish().hex)\n")
    }
}
