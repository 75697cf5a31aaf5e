import Administration
import Desk
import DeskStore
import DeskTestSupport
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("deskctl token, user and secret", .database(template: TestDesk.template))
struct AccessCommandTests {
    private let desk: Operator
    private let store: DeskStore
    private let ingrid = "ingrid.solberg@norrsken.example"

    init() throws {
        desk = try Operator()
        store = try TestDesk(at: SystemTime().now).store
    }

    @Test("A token is printed once and allows what was asked for")
    func token() async throws {
        let made = try await desk.json(
            "token", "create", "--name", "monitoring", "--scopes", "tickets:read", "--site", "OSL")
        let text = try #require(made["token"]?.string)
        let digest = try #require(APIToken(text)).digest.bytes
        let token = try #require(await store.token(digest: digest))
        #expect((token.name, token.scopes) == ("monitoring", ["tickets:read"]))
        #expect(token.site == (try await store.directory().sites["OSL"]))
    }

    @Test("Tokens are listed without what opens the door, and one that is revoked opens nothing any more")
    func revokedToken() async throws {
        let made = try await desk.json("token", "create", "--name", "monitoring", "--scopes", "tickets:read")
        let text = try #require(made["token"]?.string)
        let digest = try #require(APIToken(text)).digest.bytes
        let listed = try #require(await desk.json("token", "list").array?.first)
        #expect(listed["name"] == "monitoring" && listed["scopes"] == ["tickets:read"] && listed["site"] == .null)
        #expect(listed["revoked_at"] == .null && listed["expires_at"] != .null)
        let shown = try await desk.run("token", "list").text
        #expect(shown.contains("monitoring") && shown.contains("every site") && !shown.contains(text))

        let id = try #require(listed["id"]?.integer)
        #expect(try await desk.run("token", "revoke", "\(id)").status == 0)
        #expect(try await store.token(digest: digest) == nil)
        #expect(try await desk.json("token", "list").array?.first?["revoked_at"] != .null)
        #expect(try await desk.fault(65, "token", "revoke", "\(id)").contains("there is no token \(id) that is in use"))
        try await desk.fault(64, "token", "revoke", "monitoring")
    }

    @Test("A token says how much it allows, and the list when it was last used")
    func rate() async throws {
        let made = try await desk.json("token", "create", "--name", "m", "--scopes", "tickets:read", "--rate", "600")
        let text = try #require(made["token"]?.string)
        let digest = try #require(APIToken(text)).digest.bytes
        let token = try #require(await store.token(digest: digest))
        #expect(token.rate == 600)
        let unused = try #require(await desk.json("token", "list").array?.first)
        #expect(unused["rate"] == 600 && unused["last_used_at"] == .null)
        #expect(try await desk.run("token", "list").text.contains("never"))
        let lent = try await store.lend(3, of: token, quota: 600)
        #expect(lent.count == 3)
        let used = try #require(await desk.json("token", "list").array?.first)
        #expect(used["last_used_at"]?.string == store.timekeeper.now.rfc3339)
        try await desk.fault(64, "token", "create", "--name", "n", "--scopes", "tickets:read", "--rate", "0")
    }

    @Test("A token with a scope that nothing asks for is refused, with the one that was meant")
    func unknownScope() async throws {
        let slip = try await desk.fault(64, "token", "create", "--name", "n", "--scopes", "ticket:read")
        #expect(slip == "deskctl: \"ticket:read\" is no scope of a token.\nTry: --scopes tickets:read")
        let wild = try await desk.fault(64, "token", "create", "--name", "n", "--scopes", "tickets:read", "all", "root")
        #expect(wild.hasPrefix("deskctl: \"all\", \"root\" are no scopes of a token."))
        #expect(
            wild.contains(
                "Try: one of tickets:read, tickets:write, articles:read, people:read, people:write, figures:read"))
        #expect(try await TestDatabase.current.first("select count(*) from api_token", as: Int.self) == 0)
        let help = try await desk.run("token", "create", "--help").text
        for scope in TokenScope.allCases { #expect(help.contains(scope.rawValue)) }
    }

    @Test("A token without a name, for a strange site or for too long is refused")
    func faultyToken() async throws {
        try await desk.fault(64, "token", "create", "--scopes", "tickets:read")
        let strange = try await desk.fault(
            64, "token", "create", "--name", "n", "--scopes", "tickets:read", "--site", "XXX")
        #expect(strange.contains("there is no site XXX"))
        try await desk.fault(64, "token", "create", "--name", "n", "--scopes", "tickets:read", "--days", "4000")
    }

    @Test("An account is created once; only a reset gives another password")
    func user() async throws {
        let hasher = PasswordHasher(offload: Offload(width: 1))
        func isRight(_ password: String) async throws -> Bool {
            let account = try #require(await store.account(at: ingrid))
            return try await hasher.check(password, against: PasswordHash(account.password)) == .right
        }
        let first = try await desk.run("user", "create", ingrid)
        #expect(first.status == 0 && first.output.count == 1)
        #expect(try await isRight(first.text))

        let second = try await desk.fault(65, "user", "create", ingrid)
        #expect(second.contains("has a password already") && second.hasSuffix("Try: deskctl user reset \(ingrid)"))
        #expect(try await isRight(first.text))

        let reset = try await desk.run("user", "reset", ingrid)
        #expect(reset.status == 0)
        #expect(try await isRight(reset.text))
        #expect(try await !isRight(first.text))

        let users = try #require(await desk.json("user", "list").array)
        #expect(users.contains { $0["address"]?.string == ingrid && $0["roles"] == ["administrator"] })
    }

    @Test("Nobody is given an account who is not in the organisation")
    func stranger() async throws {
        for verb in ["create", "reset"] {
            let fault = try await desk.fault(66, "user", verb, "nobody@norrsken.example")
            #expect(fault.contains("nobody with the address nobody@norrsken.example is known"))
        }
    }

    @Test(
        "A secret is every byte of standard input but one line break at the end",
        arguments: [
            ("plain", "plain"), ("plain\n", "plain"), ("plain\r\n", "plain"),
            (
                "-----BEGIN KEY-----\nabc\n\nde\n-----END KEY-----\n",
                "-----BEGIN KEY-----\nabc\n\nde\n-----END KEY-----"
            ),
            ("two\n\n", "two\n"),
        ])
    func secret(input: String, kept: String) async throws {
        let answer = try await desk.run("secret", "set", "fjordnett-outgoing", input: Array(input.utf8))
        #expect(answer.status == 0 && answer.text == "fjordnett-outgoing is set.")
        let secrets = SecretStore(store, keys: try MasterKeys(parsing: Operator.masterKey))
        #expect(try await secrets.value(of: "fjordnett-outgoing") == Array(kept.utf8))
    }

    @Test("A secret may be any bytes, but not none and not a whole disk")
    func secretBytes() async throws {
        let bytes: [UInt8] = [0, 255, 10, 13, 128]
        _ = try await desk.run("secret", "set", "raw", input: bytes)
        let secrets = SecretStore(store, keys: try MasterKeys(parsing: Operator.masterKey))
        #expect(try await secrets.value(of: "raw") == bytes)
        try await desk.fault(66, "secret", "set", "raw", input: [10])
        let long = try await desk.run("secret", "set", "raw", input: Array(repeating: 65, count: 65_537))
        #expect(long.status == 65 && long.errorText.contains("longer than 65536 bytes"))
        #expect(try await secrets.value(of: "raw") == bytes)
    }
}
