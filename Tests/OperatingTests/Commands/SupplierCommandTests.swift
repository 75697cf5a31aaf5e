import Desk
import DeskStore
import DeskTestSupport
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Testing

@Suite("deskctl supplier", .database(template: TestDesk.template))
struct SupplierCommandTests {
    private let desk: Operator
    private let store: DeskStore

    init() throws {
        desk = try Operator(["MERIDIAN_PUBLIC_URL": "https://desk.example"])
        store = try TestDesk(at: SystemTime().now).store
    }

    @Test("The address of a listener is printed once its secret is named and set, and holds nothing of it")
    func listener() async throws {
        let unnamed = try await desk.fault(64, "supplier", "listener", "fjordnett")
        #expect(unnamed.contains("no secret \"listener\""))
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map { supplier in
                guard supplier["code"] as? String == "fjordnett" else { return supplier }
                let members: [String: Any] = [
                    "connector": "tmf621", "url": "https://tickets.example/v5",
                    "secrets": ["token": ["secret": "their-token"], "listener": ["secret": "their-listener"]],
                ]
                return supplier.merging(members) { $1 }
            }
        }
        _ = try await store.apply(organisation, by: "the tests")
        #expect(try await desk.fault(66, "supplier", "listener", "fjordnett").contains("their-listener is not set"))
        _ = try await desk.run("secret", "set", "their-listener", input: Array("some words".utf8))
        let key = Digest.hmac(of: "listener fjordnett", key: SecretKey(bytes: Array("some words".utf8)))
        let answer = try await desk.run("supplier", "listener", "fjordnett")
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(answer.output == ["https://desk.example/supplier/v1/fjordnett/listener/\(key.hex)"])
        #expect(try await desk.fault(64, "supplier", "listener", "nobody").contains("there is no supplier"))
    }

    @Test("A line that was paused says so and why, until it is resumed")
    func pauses() async throws {
        #expect(try await desk.run("supplier", "pause", "fjordnett", "--reason", "they move").status == 0)
        let line = try #require(await desk.json("supplier", "list").array?.first { $0["supplier"] == "fjordnett" })
        #expect(line.text.contains("they move"))
        #expect(try await desk.run("supplier", "show", "fjordnett").text.contains("they move"))
        #expect(try await desk.run("supplier", "resume", "fjordnett").status == 0)
        #expect(try await !desk.run("supplier", "show", "fjordnett").text.contains("they move"))
    }
}
