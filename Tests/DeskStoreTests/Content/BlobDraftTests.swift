import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("Bytes that are kept as they arrive", .database(template: TestDesk.template))
struct BlobDraftTests {
    private static func bytes(_ count: Int, _ factor: Int = 31) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* factor ^ $0 >> 9) }
    }

    /// Takes the bytes in pieces as a network might bring them.
    private func take(_ bytes: [UInt8], by step: Int, in store: DeskStore) async throws -> KeptBytes {
        var draft = BlobDraft(in: store)
        for start in stride(from: 0, to: bytes.count, by: step) {
            try await draft.append(Array(bytes[start..<min(start + step, bytes.count)]))
        }
        return try await draft.finish()
    }

    private func count(_ table: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self)
    }

    @Test(
        "They come back as they went in, whatever the pieces in which they came",
        arguments: [(0, 1), (262_144, 65_536), (262_145, 65_536), (524_288, 524_288), (900_001, 70_001)])
    func roundTrip(length: Int, step: Int) async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            let bytes = Self.bytes(length)
            let kept = try await take(bytes, by: step, in: gateway.store)
            #expect(kept.size == Int64(length) && kept.digest == Digest(sha256: bytes).bytes)
            let ticket = try await gateway.accept(uploads: [Upload(name: "a", type: "a/b", content: kept)])
            let own = Sight(requester: ticket.requester)
            let view = try #require(await gateway.store.view(of: ticket.number, seeing: own, including: false))
            let attachment = try #require(view.entries.first?.attachments.first)
            var read: [UInt8] = []
            try await gateway.store.read(0..<Int64(length), of: attachment, seeing: own) { read += $0 }
            #expect(read == bytes)
        }
        #expect(try await count("blob_draft") == 0)
        #expect(try await count("blob") == 1)
    }

    @Test("The same bytes at the same time are kept once, and their drafts are gone")
    func twice() async throws {
        let desk = try TestDesk()
        let bytes = Self.bytes(600_000)
        try await withThrowingTaskGroup { group in
            for number in 0..<4 {
                group.addTask {
                    // One of them in one go, as mail comes.
                    let upload =
                        number == 0
                        ? Upload(name: "mail", type: "a/b", bytes: bytes)
                        : Upload(
                            name: "\(number)", type: "a/b", content: try await take(bytes, by: 50_000, in: desk.store))
                    _ = try await desk.accept(from: "p\(number)@customer.example", uploads: [upload])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await count("attachment") == 4)
        #expect(try await count("blob") == 1)
        #expect(try await count("blob_chunk") == 3)
        #expect(try await count("blob_draft") == 0)
    }

    @Test("What is cut off leaves nothing but a draft, which is swept after a day")
    func cut() async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            var draft = BlobDraft(in: gateway.store)
            try await draft.append(Self.bytes(700_000))
            _ = consume draft
            let kept = try await take(Self.bytes(300_000, 7), by: 99_999, in: gateway.store)
            #expect(try await count("blob_draft") == 2)
            try await gateway.store.drop(kept)
            #expect(try await count("blob_draft") == 1)
            gateway.time.advance(by: .seconds(86_399))
            #expect(try await gateway.store.sweepDrafts(atMost: 10) == 0)
            gateway.time.advance(by: .seconds(2))
            #expect(try await gateway.store.sweepDrafts(atMost: 10) == 1)
        }
        for table in ["blob", "blob_chunk", "blob_draft"] { #expect(try await count(table) == 0) }
    }

    @Test("A draft that was swept cannot be taken")
    func swept() async throws {
        let desk = try TestDesk()
        let kept = try await take(Self.bytes(300_000), by: 99_999, in: desk.store)
        try await desk.store.drop(kept)
        await #expect(throws: DatabaseError.self) {
            _ = try await desk.accept(uploads: [Upload(name: "a", type: "a/b", content: kept)])
        }
    }
}
