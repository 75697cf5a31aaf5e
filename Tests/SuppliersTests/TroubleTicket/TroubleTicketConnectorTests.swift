import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import SupplierTestSupport
import Testing
import TroubleTicketTestSupport

@testable import Suppliers

@Suite("A supplier's system that speaks TMF621", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct TroubleTicketConnectorTests {
    typealias System = TroubleTicketSystem

    /// A desk whose supplier has such a system.
    private func exchange(
        _ version: TroubleTicketVersion = .v5, _ traits: System.Traits = System.Traits(),
        _ body: (SharedDesk, System) async throws -> Void
    ) async throws {
        let system = try System(
            version, traits: traits, time: ManualTime(TestDesk.monday), loops: TestDatabase.loops)
        try await system.run {
            let shared = try await SharedDesk(exchangingBy: system.members, secrets: system.secrets)
            try await body(shared, system)
            await shared.worker.store.database.close()
        }
    }

    private func connector(_ shared: SharedDesk) async throws -> TroubleTicketConnector {
        let supplier = try await shared.store.directory().organisation.supplier("fjordnett")
        return try #require(supplier.flatMap(Connectors().connector(of:)) as? TroubleTicketConnector)
    }

    @Test("It is asked once to tell of news, at an address that nobody else knows", arguments: [true, false])
    func listener(takesListeners: Bool) async throws {
        var traits = System.Traits()
        traits.takesListeners = takesListeners
        let system = try System(traits: traits, time: ManualTime(TestDesk.monday), loops: TestDatabase.loops)
        let names = ["token": ["secret": "their-token"], "listener": ["secret": "their-listener"]]
        try await system.run {
            let shared = try await SharedDesk(
                exchangingBy: system.members.merging(["secrets": names]) { $1 },
                secrets: system.secrets.merging(["their-listener": "a secret"]) { $1 })
            for _ in 0..<2 {
                try await shared.database.transaction { _ = try await $0.enqueue(PollSuppliers()) }
                try await shared.workThrough()
            }
            let path = SupplierListener.path(of: "fjordnett", secret: Array("a secret".utf8))
            #expect(system.listeners == (takesListeners ? ["https://desk.example" + path] : []))
            #expect(system.calls.count { $0.path.hasSuffix("/hub") } == 1)
            #expect(system.calls.count { $0.path.hasSuffix("/troubleTicket") } == 2)
            await shared.worker.store.database.close()
        }
    }

    @Test(
        "It gets a ticket, the answer to its question, and learns that the ticket is taken back",
        arguments: TroubleTicketVersion.allCases)
    func conversation(version: TroubleTicketVersion) async throws {
        try await exchange(version) { shared, system in
            let (ticket, supplier) = (try await shared.referred(), try shared.supplier())
            try await shared.workThrough()
            let theirs = try #require(system.tickets.first)
            #expect(system.tickets.count == 1 && theirs.name == "The printer is on fire")
            #expect(theirs.exchange == (try await shared.view(ticket).bonds.first?.uuid))
            #expect(theirs.notes.map(\.text) == ["Please look at it."])
            let sent = system.calls.map { "\($0.path) \($0.body.text)" }.joined()
            #expect(!sent.contains("kari@customer.example") && !sent.contains("Kari Nordmann"))

            try await shared.record(on: ticket, note: "The third floor.") {
                .supplierAnswered(supplier, note: try #require($0.entry))
            }
            try await shared.workThrough()
            #expect(system.tickets[0].notes.map(\.text) == ["Please look at it.", "The third floor."])
            try await shared.record(on: ticket, note: "It works again.") { .recalled(supplier, note: $0.entry) }
            try await shared.workThrough()
            #expect(system.tickets.map(\.status) == ["assessingCancellation"])
            #expect(system.tickets[0].statusChangeReason == "It works again.")
            #expect(try await shared.jobs() == [])
        }
    }

    @Test(
        "It hears of words and of another priority, gets the ticket again that it solved, and learns that it is closed",
        arguments: [true, false])
    func further(hasOperations: Bool) async throws {
        var traits = System.Traits()
        traits.hasOperations = hasOperations
        try await exchange(.v5, traits) { shared, system in
            try await shared.allow(["message", "impact"], for: "fjordnett")
            let (ticket, supplier) = (try await shared.referred(), try shared.supplier())
            try await shared.workThrough()
            try await shared.record(on: ticket, note: "It smells, too.") { .messageSent(try #require($0.entry)) }
            try await shared.record(on: ticket) { _ in
                var changes = Changes()
                (changes.impact, changes.priority, changes.basis) = (.high, .critical, .matrix)
                return .changed(changes)
            }
            try await shared.workThrough()
            #expect(system.tickets[0].notes.map(\.text) == ["Please look at it.", "It smells, too."])
            #expect(system.tickets[0].priority == "critical" && system.tickets[0].severity == "extensive")

            system.move("TT-1", to: .resolved, because: "A new cable.")
            try await shared.record(on: ticket, note: "A new cable.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket, note: "It still smokes.") { .referred(supplier, note: $0.entry) }
            try await shared.workThrough()
            let open = hasOperations ? "reopened" : "inProgress"
            #expect(system.tickets.map(\.status) == [open])
            #expect(system.tickets[0].statusChangeReason == "It still smokes.")
            #expect(system.tickets[0].notes.last?.text == "It still smokes.")

            system.move("TT-1", to: .resolved, because: "A new fuse.")
            try await shared.record(on: ticket, note: "A new fuse.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket) { _ in .resolved(.solved, note: nil) }
            try await shared.record(on: ticket) { _ in .closed }
            try await shared.workThrough()
            #expect(system.tickets.map(\.status) == ["closed"])
            #expect(try await shared.jobs() == [])
        }
    }

    @Test(
        "What its people do is found by asking, each thing under one name however often it is asked",
        arguments: TroubleTicketVersion.allCases)
    func news(version: TroubleTicketVersion) async throws {
        var traits = System.Traits()
        traits.page = 1
        try await exchange(version, traits) { shared, system in
            let ticket = try await shared.referred()
            try await shared.workThrough()
            let uuid = try #require(await shared.view(ticket).bonds.first).uuid
            system.write("Which floor?", on: "TT-1")
            system.move("TT-1", to: "Awaiting customer", because: "no answer")
            let (connector, wire) = (try await connector(shared), try shared.wire())
            let first = try #require(await connector.poll(since: nil, over: wire))
            let statements = try first.receipts.flatMap { try connector.statements(in: $0.body) }
            #expect(
                statements.map(\.content) == [
                    .noted("Which floor?"), .stated("Awaiting customer", text: "no answer"),
                ])
            #expect(statements.allSatisfy { $0.exchange == .id(uuid) } && statements[0].item?.isEmpty == false)
            let again = try #require(await connector.poll(since: first.cursor, over: wire))
            #expect(again == first)
            system.move("TT-1", to: .resolved, because: "A new cable.")
            let later = try #require(await connector.poll(since: again.cursor, over: wire))
            #expect(later.receipts.count == 2 && later.receipts[0] == first.receipts[0])
            #expect(later.cursor > first.cursor)
            let picture = try await connector.picture(
                of: try #require(await shared.view(ticket).bonds.first), over: wire)
            #expect(picture?.state == "resolved" && picture?.notes.count == 2)
        }
    }

    @Test(
        "A late copy of the request opens a ticket that a poll gives up: its end is none, its notes are heard",
        arguments: [TroubleTicketVersion.v4, .v5])
    func lateTwin(version: TroubleTicketVersion) async throws {
        try await exchange(version) { shared, system in
            _ = try await shared.referred()
            try await shared.workThrough()
            let (connector, wire) = (try await connector(shared), try shared.wire())
            let first = try #require(await connector.poll(since: nil, over: wire))
            system.clock.advance(by: .seconds(60))
            var late = Request(.post, "\(system.version.path)/troubleTicket")
            late.fields[.authorization] = "Bearer \(system.traits.token)"
            #expect(system.work(late, system.tickets[0].json(version)).status == .created)
            #expect(system.tickets[1].notes.count == 1, "what we said is on both")
            system.write("Which room?", on: "TT-2")
            _ = try #require(await connector.poll(since: first.cursor, over: wire))
            #expect(system.tickets[0].status == "acknowledged")
            #expect(system.tickets[1].status.map { ["cancelled", "assessingCancellation"].contains($0) } == true)
            let after = try #require(await connector.poll(since: first.cursor, over: wire))
            let statements = try after.receipts.flatMap { try connector.statements(in: $0.body) }
            let words = statements.filter { $0.text != nil }
            #expect(words.last?.content == .noted("Which room?"), "\(statements)")
            #expect(statements.filter { $0.content == .noted("Which room?") }.count == 1)
            #expect(words.dropLast() == statements.filter { $0.item == system.tickets[0].notes[0].id }[...])
            #expect(Set(statements.compactMap(\.stated)) == ["acknowledged"])
        }
    }

    @Test("A token that it does not know, and a ticket that it will not take, are for a person to look at")
    func refused() async throws {
        try await exchange { shared, system in
            system.misbehave(nil, .status(400))
            _ = try await shared.referred()
            try await shared.workThrough()
            #expect(system.tickets.isEmpty)
            let (connector, wire) = (try await connector(shared), try shared.wire())
            try await SecretStore(shared.store, keys: shared.keys).set("their-token", to: Array("other".utf8))
            do {
                _ = try await connector.poll(since: nil, over: wire)
                Issue.record("it was let in")
            } catch let setback as Setback {
                guard case .unauthorised = setback else { throw setback }
                #expect(!wire.record.sent.contains("other"))
            }
        }
    }
}

extension SupplierStatement {
    fileprivate var stated: String? { if case .stated(let word, _) = content { word } else { nil } }
}
