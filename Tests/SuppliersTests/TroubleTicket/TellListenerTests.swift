import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Postgres
import PostgresTestSupport
import Secrets
import SupplierTestSupport
import TallyTestSupport
import Testing

@testable import Suppliers

@Suite(
    "Listeners of suppliers' systems that speak TMF621", .database(template: TestDesk.template),
    .timeLimit(.minutes(5)))
struct TellListenerTests {
    private func told(
        _ version: TroubleTicketVersion = .v5, answer: @escaping @Sendable (Int) -> Response,
        _ body: (SharedDesk, SupplierSystem, SupplierListening) async throws -> Void
    ) async throws {
        let organisation = try TestDesk.organisation { document in
            document["suppliers"] = (document["suppliers"] as? [[String: Any]] ?? []).map { supplier in
                guard supplier["code"] as? String == "fjordnett" else { return supplier }
                let members: [String: Any] = [
                    "connector": "tmf621", "secrets": ["signing": [["secret": "their-signing"]]],
                ]
                return supplier.filter { $0.key != "url" }.merging(members) { $1 }
            }
        }
        let shared = try await SharedDesk(organisation: organisation)
        try await SecretStore(shared.store, keys: shared.keys).set(
            "their-signing", to: Array(SupplierSystem.secret.text.utf8))
        let system = try SupplierSystem(time: shared.time, answer: answer)
        let listener = SupplierListening(
            id: UUID(), supplier: try shared.supplier(), callback: "http://127.0.0.1:\(system.port)/tickets/",
            query: "", kinds: nil, version: version.rawValue)
        #expect(try await shared.store.add(listener) == true)
        try await system.run { try await body(shared, system, listener) }
        await shared.worker.store.database.close()
    }

    @Test(
        "Each hears what happens to its tickets, in order, under one identity however often it is tried",
        arguments: TroubleTicketVersion.allCases)
    func heard(version: TroubleTicketVersion) async throws {
        try await told(version, answer: { Response($0 == 2 ? .serviceUnavailable : .noContent) }) { shared, system, _ in
            let (ticket, supplier) = (try await shared.referred(), try shared.supplier())
            try await shared.workThrough()
            try await shared.record(on: ticket, note: "The door code is 4711.") {
                .supplierAnswered(supplier, note: try #require($0.entry))
            }
            try await shared.workThrough()
            try await shared.workThrough(later: .seconds(60))
            let heard = system.heard.elements
            let events = try heard.map { try TroubleTicketEvent(reading: JSON.parse($0.body)) }
            #expect(events.map(\.kind) == [.created, .changed, .changed, .statusChanged])
            #expect(events[1].id == events[2].id && Set(events.map(\.id)).count == 3)
            #expect(heard.allSatisfy(\.isSigned) && heard.map(\.id) == events.map(\.id))
            let exchange = try #require(await shared.view(ticket).bonds.first).uuid
            #expect(events.allSatisfy { $0.ticket.id == exchange.uuidString.lowercased() && $0.ticket.status != nil })
            #expect(heard.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains("4711") })
            #expect(try await shared.jobs() == [])
        }
    }

    @Test("A listener that says it is gone is told no more")
    func gone() async throws {
        try await told(answer: { _ in Response(.gone) }) { shared, system, listener in
            for _ in 0..<2 {
                _ = try await shared.referred()
                try await shared.workThrough()
            }
            #expect(system.heard.elements.count == 1)
            #expect(try await shared.store.listener(listener.id, of: listener.supplier) == nil)
        }
    }
}
