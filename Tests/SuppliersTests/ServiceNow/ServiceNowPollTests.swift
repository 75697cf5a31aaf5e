import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Jobs
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import ServiceNowTestSupport
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("What a supplier's ServiceNow is asked for", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct ServiceNowPollTests {
    private static var traits: [ServiceNowInstance.Traits] {
        var (paged, ignoring) = (ServiceNowInstance.Traits(), ServiceNowInstance.Traits())
        paged.page = 1
        ignoring.hiddenFields = ["correlation_display", "sys_updated_on", "sys_created_on", "value"]
        return [ServiceNowInstance.Traits(), paged, ignoring]
    }

    @Test(
        "What its people do is found, each thing under one name however often it is asked, and nothing of our own",
        arguments: 0..<3)
    func news(trait: Int) async throws {
        try await ServiceNowExchange.run(traits: Self.traits[trait]) { exchange in
            let (shared, instance) = (exchange.shared, exchange.instance)
            let ticket = try await shared.referred()
            try await shared.workThrough()
            let uuid = try #require(await shared.view(ticket).bonds.first).uuid
            let (connector, wire) = (try await exchange.connector(), try shared.wire())
            func poll(_ cursor: String?) async throws -> (polled: Polled, said: [SupplierStatement]) {
                let polled = try #require(await connector.poll(since: cursor, over: wire))
                return (polled, try polled.receipts.flatMap { try connector.statements(in: $0.body) })
            }
            #expect(try await poll(nil).said.map(\.content) == [.stated("1", text: nil)])
            exchange.clock.advance(by: .seconds(60))
            instance.change(exchange.id, ["comments": "On our way."])
            instance.change(exchange.id, ["work_notes": "Which floor?", "state": "3", "hold_reason": "1"])
            let first = try await poll(nil)
            #expect(
                first.said.map(\.content) == [
                    .noted("On our way."), .noted("Which floor?"), .stated("3/1", text: nil),
                ])
            #expect(first.said.allSatisfy { $0.exchange == .id(uuid) } && first.said[0].item?.isEmpty == false)
            #expect(first.said[2].priority == (try exchange.incident()["priority"]))
            #expect(try await poll(first.polled.cursor).polled == first.polled)

            exchange.clock.advance(by: .seconds(600))
            instance.change(exchange.id, ["state": "6", "close_code": "Solution provided", "close_notes": "A cable."])
            let second = try await poll(first.polled.cursor)
            #expect(second.said.last?.content == .stated("6", text: "A cable."))
            #expect(second.polled.receipts.dropLast() == first.polled.receipts.prefix(2), "as they lie in the overlap")
            instance.change(exchange.id, ["work_notes": "Told the caller."])
            instance.change(exchange.id, ["state": "7"])
            let third = try await poll(second.polled.cursor)
            #expect(third.polled.receipts.count { $0 == second.polled.receipts.last } == 1)
            #expect(third.said.map(\.content).last == .stated("7", text: nil) && third.said.count == 3)
            let bond = try #require(await shared.view(ticket).bonds.first)
            let picture = try await connector.picture(of: bond, over: wire)
            #expect(picture?.state == "7" && picture?.notes.count == 4)
        }
    }

    @Test("What lies before the poll and its overlap is not heard again; what a slow one may have missed is")
    func overlap() async throws {
        try await ServiceNowExchange.run(["overlap": 120]) { exchange in
            let (shared, instance) = (exchange.shared, exchange.instance)
            _ = try await shared.referred()
            try await shared.workThrough()
            let (connector, wire) = (try await exchange.connector(), try shared.wire())
            let empty = try #require(await connector.poll(since: nil, over: wire))
            for (wait, text) in [(0, "One."), (600, "Two."), (60, "Three.")] {
                exchange.clock.advance(by: .seconds(wait))
                instance.change(exchange.id, ["comments": text])
            }
            let polled = try #require(await connector.poll(since: empty.cursor, over: wire))
            #expect(polled.receipts.count == 4)
            let again = try #require(await connector.poll(since: polled.cursor, over: wire))
            #expect(again.receipts.map(\.messageID) == Array(polled.receipts.map(\.messageID).dropFirst()))
        }
    }

    @Test("What a poll finds reaches the ticket once; a state that nobody has mapped keeps the state and is told")
    func endToEnd() async throws {
        try await ServiceNowExchange.run(["mapping": ["notes": "public"]]) { exchange in
            let (shared, instance) = (exchange.shared, exchange.instance)
            let ticket = try await shared.referred()
            try await shared.workThrough()
            func poll() async throws {
                try await shared.database.transaction { _ = try await $0.enqueue(PollSuppliers()) }
                try await shared.workThrough()
            }
            instance.change(exchange.id, ["state": "2", "comments": "On our way."])
            try await poll()
            instance.change(exchange.id, ["state": "-5"])
            try await poll()
            try await poll()
            let view = try await shared.view(ticket)
            #expect(view.bonds.first?.state == .inProgress && view.bonds.first?.theirState == "-5")
            #expect(view.entries.count { $0.text == "On our way." } == 1)
            #expect(view.entries.count { $0.text.contains("-5") } == 1)
            #expect(!view.entries.contains { $0.text.contains("[\(ticket.number)/1]") }, "an echo")
            instance.change(exchange.id, ["state": "6", "close_code": "x", "close_notes": "A cable."])
            try await poll()
            #expect(try await shared.view(ticket).bonds.first?.state == .resolved)
            #expect(try await shared.view(ticket).entries.count { $0.text == "A cable." } == 1)
            #expect(try await shared.jobs() == [])
        }
    }

    @Test("An instance that passes over the condition, among more than one look reads, is no good for polls")
    func ignoredCondition() async throws {
        var traits = ServiceNowInstance.Traits()
        (traits.page, traits.hiddenFields) = (1, ["correlation_display"])
        try await ServiceNowExchange.run(traits: traits) { exchange in
            let (connector, wire) = (try await exchange.connector(), try exchange.shared.wire())
            for _ in 0..<7 { exchange.instance.open(["short_description": "Another's"]) }
            #expect(try await connector.poll(since: nil, over: wire)?.receipts.isEmpty == true)
            exchange.instance.open(["short_description": "Another's"])
            await #expect(throws: Setback.self) { try await connector.poll(since: nil, over: wire) }
        }
    }

    @Test(
        "A page for people and a refusal for now are no news, and the next poll asks for the same again",
        arguments: [
            PlayedFault.maintenancePage(), .maintenancePage(503), .status(500), .cutAnswer,
            .status(429, retryAfter: "7"),
        ])
    func later(fault: PlayedFault) async throws {
        try await ServiceNowExchange.run { exchange in
            let shared = exchange.shared
            _ = try await shared.referred()
            try await shared.workThrough()
            let (connector, wires) = (try await exchange.connector(), try shared.wires())
            exchange.instance.misbehave(fault)
            let (_, result) = await wires.attempt("fjordnett") { wire throws(Setback) in
                try await connector.poll(since: nil, over: wire)
            }
            guard case .failure(.postponed(_, let wait)) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(wait == (fault == .status(429, retryAfter: "7") ? .seconds(7) : nil))
            #expect(try await connector.poll(since: nil, over: shared.wire())?.receipts.count == 1)
        }
    }
}
