import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import Postgres
import PostgresTestSupport
import Secrets
import Testing

@Suite("The door for news of suppliers' systems", .database(template: TestDesk.template))
struct ListenerDoorTests {
    /// A supplier whose system tells of news.
    private struct Line {
        static let secret = Array("a secret of the listener".utf8)

        let gateway: TestGateway
        let path = SupplierListener.path(of: "fjordnett", secret: secret)

        init(connector members: [String: Any]) async throws {
            gateway = try await TestGateway()
            let behind = try TestDesk()
            let organisation = try TestDesk.organisation { document in
                document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map { supplier in
                    supplier["code"] as? String == "fjordnett" ? supplier.merging(members) { $1 } : supplier
                }
            }
            _ = try await behind.store.apply(organisation, by: "the tests")
            try await SecretStore(behind.store, keys: gateway.keys).set("their-listener", to: Self.secret)
        }

        func polls() async throws -> Int {
            try await TestDatabase.current.first(
                """
                select count(*) from jobs.job where kind = 'supplier.poll'
                    and lane in (select id from jobs.lane where queue = 'suppliers/fjordnett')
                """, as: Int.self) ?? 0
        }
    }

    private static let listener: [String: [String: String]] = [
        "token": ["secret": "their-token"], "listener": ["secret": "their-listener"],
    ]
    private static var troubleTickets: [String: Any] {
        [
            "connector": "tmf621", "url": "https://tickets.example/v5", "secrets": listener,
        ]
    }
    private static var jira: [String: Any] {
        [
            "connector": "jira", "url": "https://jira.example", "edition": "data_center", "project": "SUP",
            "issue_type": "Incident", "secrets": listener,
        ]
    }
    private static var serviceNow: [String: Any] {
        [
            "connector": "servicenow", "url": "https://sn.example", "user": "desk",
            "secrets": ["password": ["secret": "sn-password"], "listener": ["secret": "their-listener"]],
        ]
    }

    @Test("Whoever has the address has the system asked at once, and again only when it has been", arguments: 0..<3)
    func news(connector: Int) async throws {
        let line = try await Line(connector: [Self.troubleTickets, Self.jira, Self.serviceNow][connector])
        for path in [line.path, line.path + "/listener/troubleTicketStatusChangeEvent", line.path] {
            #expect(await line.gateway.send(.post, path, "{\"eventId\": \"1\"}").status == .noContent)
        }
        #expect(try await line.polls() == 1)
    }

    @Test("Nobody listens at another address, nor for a supplier that names no secret")
    func strangers() async throws {
        let line = try await Line(connector: Self.jira)
        let others = [
            SupplierListener.path(of: "fjordnett", secret: Array("another".utf8)),
            line.path.replacing("fjordnett", with: "printwerk"), line.path.replacing("fjordnett", with: "nobody"),
            "/supplier/v1/fjordnett/listener/", "/supplier/v1/fjordnett/listener/x",
        ]
        for path in others { #expect(await line.gateway.send(.post, path, "{}").status == .notFound, "\(path)") }
        #expect(try await line.polls() == 0)
    }

    @Test("What Jira has signed must be what it has signed")
    func signatures() async throws {
        let line = try await Line(connector: Self.jira)
        let body = "{\"webhookEvent\": \"comment_created\"}"
        let signature = SupplierListener.signature(of: Array(body.utf8), secret: Line.secret)
        func answer(_ signature: String) async -> Status {
            await line.gateway.send(.post, line.path, body, fields: ["X-Hub-Signature": signature]).status
        }
        #expect(await answer("sha256=00") == .unauthorized)
        #expect(try await line.polls() == 0)
        #expect(await answer(signature) == .noContent)
        #expect(try await line.polls() == 1)
    }
}
