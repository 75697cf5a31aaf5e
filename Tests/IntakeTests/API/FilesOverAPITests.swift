import DeskStore
import DeskTestSupport
import HTTP
import Intake
import JSON
import Postgres
import PostgresTestSupport
import Secrets
import Synchronization
import Testing

@Suite("Files over the API, as they come", .database(template: TestDesk.template))
struct FilesOverAPITests {
    private static let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 13 ^ $0 >> 7) }

    /// A body that comes in pieces, and after `limit` of them breaks off.
    private static func stream(_ bytes: [UInt8], breakingAfter limit: Int = .max) -> RequestBody {
        let sent = Mutex((place: 0, pieces: 0))
        return RequestBody(stream: {
            try sent.withLock { sent in
                guard sent.place < bytes.count else { return nil }
                guard sent.pieces < limit else { throw RequestFault.bodyIncomplete }
                let piece = Array(bytes[sent.place..<min(sent.place + 65_000, bytes.count)])
                (sent.place, sent.pieces) = (sent.place + piece.count, sent.pieces + 1)
                return piece
            }
        })
    }

    private func send(
        _ body: RequestBody, to path: String, of gateway: TestGateway, _ fields: Fields = [:]
    ) async -> Response {
        var request = Request(.post, path, fields: fields, body: body)
        request.fields[.authorization] = "Bearer \(gateway.token)"
        return await gateway.router.respond(to: request)
    }

    private static func form(fileFirst: Bool) -> [UInt8] {
        let file =
            Array("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\x\\\\a.bin\"\r\n\r\n".utf8)
            + bytes + Array("\r\n".utf8)
        let field = Array("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n".utf8)
        return (fileFirst ? file + field : field + file) + Array("--b--\r\n".utf8)
    }

    private func count(_ table: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self)
    }

    @Test("A file of many pieces is kept as it came: as the body, and in a form wherever it stands")
    func kept() async throws {
        let gateway = try await TestGateway()
        let path = "/api/v1/tickets/\(try await gateway.open())/attachments"
        let multipart: Fields = [.contentType: "multipart/form-data; boundary=b"]
        let image: Fields = [.contentType: "image/png"]
        for (body, fields) in [
            (Self.bytes, image), (Self.form(fileFirst: true), multipart),
            (Self.form(fileFirst: false), multipart),
        ] as [([UInt8], Fields)] {
            let file = await send(Self.stream(body), to: path + "?name=a.bin", of: gateway, fields)
            #expect(file.status == .created, "\(file.text)")
            #expect(file.document["name"] == "a.bin" && file.document["size"] == 700_000)
            #expect(file.document["sha256"]?.string == Digest(sha256: Self.bytes).hex)
            let href = try #require(file.document["href"]?.string)
            #expect(try await gateway.send(.get, href).read() == Self.bytes)
        }
        #expect(try await count("blob_draft") == 0)
    }

    @Test("What breaks off adds no file and leaves a draft; what is too large is refused")
    func refused() async throws {
        let gateway = try await TestGateway()
        let path = "/api/v1/tickets/\(try await gateway.open())/attachments"
        #expect(await send(Self.stream(Self.bytes, breakingAfter: 8), to: path, of: gateway).status == .badRequest)
        #expect(try await count("attachment") == 0)
        #expect(try await count("blob_draft") == 1)
        let small = API(store: gateway.desk.store, keys: gateway.keys, largestFile: 600_000)
        var request = Request(.post, path, body: Self.stream(Self.bytes))
        request.fields[.authorization] = "Bearer \(gateway.token)"
        #expect(await Router(small.door).respond(to: request).status == .contentTooLarge)
        #expect(await send(RequestBody([]), to: path, of: gateway).status == .unprocessableContent)
        #expect(
            await send(Self.stream(Self.bytes), to: "/api/v1/tickets/OSL-999/attachments", of: gateway).status
                == .notFound)
        #expect(try await count("blob_draft") == 2)
    }

    @Test("The same file under the same key is added once, and what came again is not kept")
    func again() async throws {
        let gateway = try await TestGateway()
        let path = "/api/v1/tickets/\(try await gateway.open())/attachments?name=a"
        let key: Fields = ["Idempotency-Key": "one"]
        let first = await send(Self.stream(Self.bytes), to: path, of: gateway, key)
        let second = await send(Self.stream(Self.bytes), to: path, of: gateway, key)
        #expect(first.status == .created && second.status == .created && second.document == first.document)
        let other = await send(Self.stream(Self.bytes.reversed()), to: path, of: gateway, key)
        #expect(other.status == .unprocessableContent)
        #expect(try await count("attachment") == 1)
        #expect(try await count("blob_draft") == 0)
    }
}
