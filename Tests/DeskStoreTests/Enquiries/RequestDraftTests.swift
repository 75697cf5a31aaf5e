import DeskTestSupport
import Foundation
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@testable import DeskStore

@Suite("Requests that are kept and not sent", .database(template: TestDesk.template))
struct RequestDraftTests {
    private static let kari = Digest(sha256: "kari").bytes
    private static let ola = Digest(sha256: "ola").bytes
    private static let upload = Upload(name: "a.txt", type: "text/plain", bytes: Array("hot".utf8))

    private func count(_ table: String) async throws -> Int? {
        try await TestDatabase.current.first("select count(*) from \(identifier: table)", as: Int.self)
    }

    /// An upload that came in pieces.
    private func large(in store: DeskStore) async throws -> Upload {
        var draft = BlobDraft(in: store)
        try await draft.append([UInt8](repeating: 7, count: 600_000))
        return Upload(name: "b.bin", type: "a/b", content: try await draft.finish())
    }

    @Test("The database itself shows and lends them to nobody else, whatever a gateway asks for")
    func hidden() async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            let identity = UUID()
            try await gateway.store.keepRequest(identity, of: Self.kari, fields: "text=x", adding: [Self.upload])
            let looks: [SQL] = [
                "select count(*) from request_draft", "select count(*) from request_draft_file",
                "select count(*) from blob_chunk",
            ]
            for sight in [
                Sight.desk, Sight(visitor: Self.ola), Sight(requester: try await gateway.person("ola.hansen")),
            ] {
                try await gateway.store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
                    for look in looks {
                        let seen = try await transaction.first(look, as: Int.self)
                        #expect(seen == 0)
                    }
                    let changed = try await transaction.run("update request_draft set fields = ''")
                    let removed = try await transaction.run("delete from request_draft_file")
                    #expect(changed + removed == 0)
                }
            }
            // Nor can anybody put something into a draft of somebody else, or make one in his name.
            await #expect(throws: DraftGone.self) {
                try await gateway.store.keepRequest(identity, of: Self.ola, fields: "", adding: [Self.upload])
            }
            await #expect(throws: DatabaseError.self) {
                try await gateway.store.transaction(seeing: Sight(visitor: Self.ola)) {
                    (transaction: borrowing Transaction) in
                    try await transaction.run(
                        """
                        insert into request_draft (uuid, visitor, fields, at)
                        values (\(UUID()), \(Self.kari), '', \(TestDesk.monday))
                        """)
                }
            }
            await #expect(throws: DraftGone.self) {
                try await gateway.store.transaction(seeing: Sight(visitor: Self.ola)) {
                    (transaction: borrowing Transaction) in
                    _ = try await transaction.send(draft: identity, with: [], saying: "") { "/" }
                }
            }
            try await gateway.store.giveUpRequest(identity, of: Self.ola)
            #expect(try await gateway.store.requestDraft(identity, of: Self.kari)?.files.count == 1)
        }
    }

    @Test("What a draft holds is neither dropped with its upload nor swept, until the draft ends")
    func held() async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            let (identity, large) = (UUID(), try await large(in: gateway.store))
            try await gateway.store.keepRequest(identity, of: Self.kari, fields: "", adding: [large, Self.upload])
            try await gateway.store.drop(large.content)
            gateway.time.advance(by: .seconds(2 * 86_400))
            #expect(try await gateway.store.sweepDrafts(atMost: 10) == 0)
            #expect(try await count("blob_chunk") == 4)
            await #expect(throws: DatabaseError.self) { try await TestDatabase.current.run("delete from blob_draft") }
            #expect(try await gateway.store.sweepRequestDrafts(atMost: 10) == 1)
            for table in ["request_draft", "request_draft_file", "blob_draft", "blob", "blob_chunk"] {
                #expect(try await count(table) == 0, "\(table)")
            }
        }
    }

    @Test("The same file sent again is kept once, and what is not wanted any longer goes at once")
    func again() async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            let store = gateway.store
            let identity = UUID()
            for _ in 1...2 {
                let large = try await large(in: store)
                try await store.keepRequest(identity, of: Self.kari, fields: "", adding: [large, Self.upload])
                try await store.drop(large.content)
            }
            let files = try #require(await store.requestDraft(identity, of: Self.kari)).files
            #expect(files.map(\.upload.name) == ["b.bin", "a.txt"])
            #expect(try await count("blob_draft") == 2)
            try await store.keepRequest(identity, of: Self.kari, fields: "", keeping: [files[1].id], adding: [])
            #expect(try await store.requestDraft(identity, of: Self.kari)?.files.map(\.id) == [files[1].id])
            #expect(try await count("blob_chunk") == 1)
        }
    }

    @Test("Of those who send it in the same moment one makes the ticket, and all learn of that one")
    func together() async throws {
        try await TestDesk.playing("meridian_intake") { gateway in
            let (store, identity) = (gateway.store, UUID())
            try await store.keepRequest(identity, of: Self.kari, fields: "text=x", adding: [Self.upload])
            let file = try #require(await store.requestDraft(identity, of: Self.kari)?.files.first)
            let places = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 1...5 {
                    group.addTask {
                        try await store.transaction(seeing: Sight(visitor: Self.kari)) {
                            (transaction: borrowing Transaction) in
                            try await transaction.send(draft: identity, with: [file.id], saying: "text=x") {
                                _ = try await Blob.store(file.upload.content, on: transaction)
                                return "/\(number)"
                            }
                        }
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(places.count == 1)
            #expect(try await store.requestDraft(identity, of: Self.kari)?.place == places.first)
            #expect(try await count("blob_draft") == 0)
            // Who says something else by now is not told that this was sent.
            await #expect(throws: DraftGone.self) {
                try await store.transaction(seeing: Sight(visitor: Self.kari)) { (transaction: borrowing Transaction) in
                    _ = try await transaction.send(draft: identity, with: [], saying: "text=y") { "/" }
                }
            }
            try await store.giveUpRequest(identity, of: Self.kari)
            #expect(try await store.requestDraft(identity, of: Self.kari)?.place == places.first)
        }
    }

    @Test("A visitor's drafts, and those that are over, are found along their indexes under the gateway's role")
    func plans() async throws {
        try await TestDatabase.current.run(
            """
            insert into request_draft (uuid, visitor, fields, at)
            select gen_random_uuid(), sha256(int8send(n)), 'subject=x', \(TestDesk.monday) - interval '1 second' * n
            from generate_series(1, 20000) n
            """)
        try await TestDatabase.current.run(script: "analyze")
        try await TestDesk.playing("meridian_intake") { gateway in
            try await gateway.store.transaction(seeing: Sight(visitor: Self.kari)) {
                (transaction: borrowing Transaction) in
                let plan = try await transaction.all(
                    "explain \(Greeting.drafts(of: Self.kari, at: TestDesk.monday))", as: String.self
                ).joined(separator: "\n")
                #expect(plan.contains("using request_draft_visitor on request_draft"), "\(plan)")
            }
        }
        let plan = try await TestDatabase.current.all(
            """
            explain select d.uuid from request_draft d where d.at < \(TestDesk.monday) - interval '1 day' order by d.at
            limit 4 for update skip locked
            """, as: String.self
        ).joined(separator: "\n")
        #expect(plan.contains("using request_draft_at on request_draft"), "\(plan)")
    }
}
