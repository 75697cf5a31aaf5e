import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("Bytes", .database(template: TestDesk.template))
struct BlobsTests {
    @Test(
        "Bytes of any length come back piece by piece as they went in", arguments: [0, 1, 262_144, 262_145, 3_000_017])
    func roundTrip(length: Int) async throws {
        let desk = try TestDesk()
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        let ticket = try await desk.accept(uploads: [Upload(name: "a.bin", type: "a/b", bytes: bytes)])
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        let attachment = try #require(view.entries.first?.attachments.first)
        #expect(attachment.size == Int64(length))
        var read: [UInt8] = []
        try await desk.store.read(0..<Int64(length), of: attachment, seeing: .desk) { piece in
            #expect(piece.count <= 262_144)
            read += piece
        }
        #expect(read == bytes)
    }

    @Test("The same bytes are kept once, whoever sends them and even at the same time")
    func once() async throws {
        let desk = try TestDesk()
        let bytes = [UInt8](repeating: 9, count: 600_000)
        try await withThrowingTaskGroup { group in
            for number in 0..<6 {
                group.addTask {
                    _ = try await desk.accept(
                        from: "p\(number)@customer.example",
                        uploads: [Upload(name: "\(number)", type: "a/b", bytes: bytes)])
                }
            }
            try await group.waitForAll()
        }
        let database = try TestDatabase.current
        #expect(try await database.first("select count(*) from attachment", as: Int.self) == 6)
        #expect(try await database.first("select count(*) from blob", as: Int.self) == 1)
        #expect(try await database.first("select sum(length(bytes))::bigint from blob_chunk", as: Int.self) == 600_000)
    }

    @Test("A piece is given to those who see a ticket that has it, and to nobody else")
    func guarded() async throws {
        let desk = try TestDesk()
        let ticket = try await desk.accept(uploads: [Upload(name: "a", type: "a/b", bytes: [1, 2])])
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        let attachment = try #require(view.entries.first?.attachments.first)
        let anouk = try await desk.sight(of: "anouk.devries")
        try await TestDesk.playing("meridian_intake") { gateway in
            var own: [UInt8] = []
            try await gateway.store.read(0..<2, of: attachment, seeing: Sight(requester: ticket.requester)) {
                own += $0
            }
            #expect(own == [1, 2])
            await #expect(throws: NoSuchFile.self) {
                try await gateway.store.read(0..<2, of: attachment, seeing: anouk) { _ in }
            }
        }
    }
}
