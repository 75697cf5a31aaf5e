import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("Accounts, tokens, throttles and secrets", .database(template: TestDesk.template))
struct AccessTests {
    @Test("An account is found by any address of its person; a password that is set again replaces the one before")
    func account() async throws {
        let desk = try TestDesk()
        let kari = try await desk.person("kari.nordmann")
        #expect(try await desk.store.account(at: "kari.nordmann@norrsken.example") == nil)
        try await desk.store.setPassword("first", of: kari)
        try await desk.store.setPassword("second", of: kari)
        let account = try #require(await desk.store.account(at: "Kari.Nordmann@Norrsken.example"))
        #expect((account.person, account.password) == (kari, "second"))
    }

    @Test("A token is good until it is revoked or its time has come, and never under another digest")
    func token() async throws {
        let desk = try TestDesk()
        let site = try #require(await desk.store.directory().sites["OSL"])
        let end = TestDesk.monday + .seconds(3600)
        try await desk.store.addToken(
            name: "short", digest: [1], scopes: ["tickets:read"], site: site, expiresAt: end)
        try await desk.store.addToken(name: "long", digest: [2], scopes: [], site: nil, expiresAt: nil)
        let found = try #require(await desk.store.token(digest: [1]))
        #expect((found.name, found.scopes, found.site) == ("short", ["tickets:read"], site))
        #expect(try await desk.store.token(digest: [3]) == nil)
        desk.time.advance(by: .seconds(3600))
        #expect(try await desk.store.token(digest: [1]) == nil)
        #expect(try await desk.store.token(digest: [2])?.name == "long")
        let now = desk.time.now
        try await TestDatabase.current.run("update api_token set revoked_at = \(now) where name = 'long'")
        #expect(try await desk.store.token(digest: [2]) == nil)
    }

    @Test("What is limited is allowed so many times in an hour, counted for each key, also when all come at once")
    func throttle() async throws {
        let desk = try TestDesk()
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await desk.store.allows("sign-in:a", atMost: 7) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(allowed == 7)
        #expect(try await desk.store.allows("sign-in:b", atMost: 1))
        desk.time.advance(by: .seconds(3599))
        #expect(try await !desk.store.allows("sign-in:a", atMost: 7))
        desk.time.advance(by: .seconds(1))
        #expect(try await desk.store.allows("sign-in:a", atMost: 7))
    }

    @Test("A secret comes back as it was set, and cannot be read from the table, under another name or another key")
    func secret() async throws {
        let desk = try TestDesk()
        let keys = MasterKeys(id: "1", key: .random())
        let secrets = SecretStore(desk.store, keys: keys)
        let value = Array("the very secret of fjordnett".utf8)
        try await secrets.set("fjordnett-outgoing", to: Array("an older one".utf8))
        try await secrets.set("fjordnett-outgoing", to: value)
        #expect(try await secrets.value(of: "fjordnett-outgoing") == value)
        #expect(try await secrets.value(of: "unknown") == nil)
        #expect(try await secrets.names() == ["fjordnett-outgoing"])
        let kept = try #require(await TestDatabase.current.first("select sealed from secret", as: [UInt8].self))
        #expect(!kept.contains(value) && !kept.contains(Array("secret".utf8)))
        try await TestDatabase.current.run("update secret set name = 'printwerk-outgoing'")
        await #expect(throws: Seal.Fault.self) { try await secrets.value(of: "printwerk-outgoing") }
        let others = SecretStore(desk.store, keys: MasterKeys(id: "1", key: .random()))
        try await TestDatabase.current.run("update secret set name = 'fjordnett-outgoing'")
        await #expect(throws: Seal.Fault.self) { try await others.value(of: "fjordnett-outgoing") }
        #expect(try await secrets.value(of: "fjordnett-outgoing") == value)
    }
}
