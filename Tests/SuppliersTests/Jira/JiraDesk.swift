import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JiraTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import Testing

@testable import Suppliers

/// A desk whose supplier works in Jira.
struct JiraDesk {
    let shared: SharedDesk
    let site: JiraSite

    /// - Parameter terms: what stands in the organisation document beside the rest.
    static func run(
        _ traits: JiraSite.Traits = JiraSite.Traits(), terms: [String: Any] = ["issue_type": "Incident"],
        _ body: (JiraDesk) async throws -> Void
    ) async throws {
        let site = try JiraSite(traits: traits, time: ManualTime(TestDesk.monday), loops: TestDatabase.loops)
        try await site.run {
            let shared = try await SharedDesk()
            var members: [String: Any] = [
                "connector": "jira", "url": site.url, "project": traits.project,
                "secrets": ["token": ["secret": "fjordnett-token"]],
            ]
            members.merge(traits.isCloud ? ["email": traits.email] : ["edition": "data_center"]) { $1 }
            members.merge(terms) { $1 }
            let organisation = try TestDesk.organisation { document in
                let suppliers = document["suppliers"] as? [[String: Any]] ?? []
                document["suppliers"] = suppliers.map { supplier in
                    guard supplier["code"] as? String == "fjordnett" else { return supplier }
                    var supplier = supplier.merging(members) { $1 }
                    supplier["secrets"] = members["secrets"]
                    return supplier
                }
            }
            _ = try await shared.store.apply(organisation, by: "the test")
            try await SecretStore(shared.store, keys: shared.keys)
                .set("fjordnett-token", to: Array(traits.token.utf8))
            try await body(JiraDesk(shared: shared, site: site))
            await shared.worker.store.database.close()
        }
    }

    /// A terms' document that asks a service desk.
    static var serviceDesk: [String: Any] { ["service_desk": ["id": "3", "request_type": "25"]] }

    static func serviceDeskTraits() -> JiraSite.Traits {
        var traits = JiraSite.Traits()
        traits.hasServiceDesk = true
        return traits
    }

    func bond(_ ticket: Ticket) async throws -> BondView {
        try #require(await shared.view(ticket).bonds.first)
    }

    func answer(_ ticket: Ticket, _ note: String) async throws {
        let supplier = try shared.supplier()
        try await shared.record(on: ticket, note: note) { .supplierAnswered(supplier, note: try #require($0.entry)) }
    }

    func recall(_ ticket: Ticket, _ note: String = "It works again.") async throws {
        let supplier = try shared.supplier()
        try await shared.record(on: ticket, note: note) { .recalled(supplier, note: $0.entry) }
    }

    /// Lets an hour pass, and the worker do what is due by then.
    func wait() async throws {
        shared.worker.time.advance(by: .seconds(3_600))
        site.pass(.seconds(3_600))
        try await shared.workThrough(later: .seconds(3_600))
    }

    func wire() throws -> Wire {
        let client = HTTPClient(
            loops: TestDatabase.loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: OutboundRules(allowing: [CIDR("127.0.0.0/8")].compactMap(\.self)))
        return Wire(
            wires: Wires(
                client: client, secrets: SecretStore(shared.store, keys: shared.keys), timekeeper: shared.time),
            record: WireRecord())
    }

    func connector() async throws -> JiraConnector {
        guard case .jira(let terms)? = try await shared.store.directory().organisation.supplier("fjordnett")?.connector
        else { throw UnreadableEvent("the supplier has another connector") }
        return JiraConnector(terms: terms)
    }

    /// What a poll finds, and what it says.
    func poll(since cursor: String? = nil) async throws -> (polled: Polled, statements: [SupplierStatement]) {
        let connector = try await connector()
        let polled = try #require(await connector.poll(since: cursor, over: try wire()))
        return (polled, try polled.receipts.flatMap { try connector.statements(in: $0.body) })
    }
}

extension JiraSite.Comment {
    var text: String { JiraText.text(of: body) }
}

extension JiraSite.Issue {
    var texts: [String] { comments.map(\.text) }
    var descriptionText: String { JiraText.text(of: description) }
}
