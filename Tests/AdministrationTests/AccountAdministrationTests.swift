import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@testable import Administration

@Suite("Accounts in the hands of an operator", .database(template: TestDesk.template))
struct AccountAdministrationTests {
    private let store: DeskStore
    private let hasher: PasswordHasher
    private let accounts: AccountAdministration
    private let ingrid = "ingrid.solberg@norrsken.example"

    init() throws {
        store = try TestDesk().store
        let cheap = ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1)
        hasher = PasswordHasher(offload: Offload(width: 1), cost: cheap)
        accounts = AccountAdministration(store, hasher: hasher)
    }

    @Test("A password is kept as a hash that fits it and no other")
    func setPassword() async throws {
        #expect(try await store.account(at: ingrid) == nil)
        try await accounts.setPassword("correct horse", for: ingrid)
        let account = try #require(await store.account(at: ingrid))
        let hash = try #require(PasswordHash(account.password))
        #expect(try await hasher.check("correct horse", against: hash) == .right)
        #expect(try await hasher.check("correct mouse", against: hash) == .wrong)
    }

    @Test("A password that nobody chose is made, long and each time another")
    func madePassword() async throws {
        let first = try await accounts.setPassword(for: ingrid)
        let second = try await accounts.setPassword(for: ingrid)
        #expect(first.count == 16 && first != second)
        let account = try #require(await store.account(at: ingrid))
        #expect(try await hasher.check(second, against: PasswordHash(account.password)) == .right)
    }

    @Test("A short password and a stranger are refused, each with its reason, and nothing is kept")
    func refused() async throws {
        await #expect(throws: AccountAdministration.Fault.shortPassword) {
            try await accounts.setPassword("short", for: ingrid)
        }
        await #expect(throws: AccountAdministration.Fault.unknown("nobody@norrsken.example")) {
            try await accounts.setPassword("correct horse", for: "nobody@norrsken.example")
        }
        #expect(try await store.account(at: ingrid) == nil)
    }

    @Test("The list names everybody who may do something, and whether he can sign in")
    func list() async throws {
        try await accounts.setPassword("correct horse", for: ingrid)
        let users = try await accounts.list()
        #expect(users.count == (try TestDesk.exampleOrganisation().people.count))
        #expect(users.map(\.address) == users.map(\.address).sorted())
        let listed = try #require(users.first { $0.address == ingrid })
        #expect(listed.name == "Ingrid Solberg" && listed.roles == ["administrator"] && listed.hasPassword)
        let lead = try #require(users.first { $0.address == "ola.hansen@norrsken.example" })
        #expect(lead.roles == ["agent@OSL", "lead@OSL", "manager@OSL"] && !lead.hasPassword)
    }
}
