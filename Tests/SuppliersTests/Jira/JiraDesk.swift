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
import SupplierTestSupport
import Testing

@testable import Suppliers

/// A desk whose supplier works in Jira.
struct JiraDesk {
    let shared: SharedDesk
    let site: JiraSite

    /// - Parameter terms: what stands in the organisation document beside the rest.
    static func run(
        _ traits: JiraSite.Traits = JiraSite.Traits(), terms: [String: Any] = [:],
        _ body: (JiraDesk) async throws -> Void
    ) async throws {
        let site = try JiraSite(traits: traits, time: ManualTime(TestDesk.monday), loops: TestDatabase.loops)
        try await site.run {
            let shared = try await SharedDesk(
                exchangingBy: site.members.merging(terms) { $1 }, secrets: site.secrets)
            try await body(JiraDesk(shared: shared, site: site))
            await shared.worker.store.database.close()
        }
    }

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

    func connector() async throws -> JiraConnector {
        let supplier = try await shared.store.directory().organisation.supplier("fjordnett")
        return try #require(supplier.flatMap(Connectors().connector(of:)) as? JiraConnector)
    }

    /// What a poll finds, and what it says.
    func poll(since cursor: String? = nil) async throws -> (polled: Polled, statements: [SupplierStatement]) {
        let connector = try await connector()
        let polled = try #require(await connector.poll(since: cursor, over: try shared.wire()))
        return (polled, try polled.receipts.flatMap { try connector.statements(in: $0.body) })
    }
}

extension JiraSite.Issue {
    var texts: [String] { comments.map(\.text) }
    var descriptionText: String { JiraText.text(of: description) }
}
