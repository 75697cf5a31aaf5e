import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Secrets
import TallyTestSupport
import Testing

@Suite("Messages to a supplier", .database(template: TestDesk.template), .timeLimit(.minutes(5)))
struct DeliverMessageHandlerTests {
    private let time = ManualTime(TestDesk.monday)

    /// A desk and a supplier's system that answers as `answer` says.
    private func exchange(
        answer: @escaping @Sendable (Int) -> Response = { _ in Response(.accepted) },
        _ body: (SharedDesk, SupplierSystem) async throws -> Void
    ) async throws {
        let system = try SupplierSystem(time: time, answer: answer)
        try await system.run {
            let shared = try await SharedDesk(port: system.port)
            try await shared.setSecrets()
            try await body(shared, system)
            await shared.worker.store.database.close()
        }
    }

    private func advance(_ shared: SharedDesk) { time.advance(to: shared.time.now) }

    @Test("They arrive in order, signed, each once, and no more than the supplier may see")
    func order() async throws {
        try await exchange { shared, system in
            let ticket = try await shared.referred()
            let supplier = try shared.supplier()
            try await shared.record(on: ticket, note: "The third floor.") {
                .supplierAnswered(supplier, note: try #require($0.entry))
            }
            try await shared.record(on: ticket, note: "It works again.") { .recalled(supplier, note: $0.entry) }
            advance(shared)
            try await shared.workThrough()

            let heard = system.heard.elements
            let events = try heard.map { try $0.event() }
            #expect(events.map(\.payload.kind) == [.referral, .answer, .withdrawal])
            #expect(events.compactMap(\.sequence) == ["0000000001", "0000000002", "0000000003"])
            #expect(heard.allSatisfy { $0.isSigned && $0.code == "fjordnett" })
            #expect(heard.map(\.id) == events.map(\.id))
            #expect(Set(events.map(\.payload.exchange)).count == 1)
            let first = events[0].payload
            #expect(first.ourReference == ticket.number.description)
            #expect(first.disclosure[.note] == "Please look at it.")
            #expect(first.disclosure[.description] == "Smoke comes out of it. Please help.")
            let all = heard.map { String(decoding: $0.body, as: UTF8.self) }.joined()
            #expect(!all.contains("kari@customer.example") && !all.contains("Kari Nordmann"))
            #expect(try await shared.jobs() == [])
            let unsent: SQL = "select count(*) from supplier_message where sent_at is null"
            #expect(try await shared.database.first(unsent, as: Int.self) == 0)
        }
    }

    @Test("A repetition has the id and the bytes of the first attempt, whatever has happened to the ticket meanwhile")
    func repetition() async throws {
        try await exchange(answer: { $0 == 1 ? Response(.serviceUnavailable) : Response(.ok) }) { shared, system in
            let ticket = try await shared.referred()
            advance(shared)
            try await shared.workThrough()
            #expect(try await shared.jobs() == ["ready 1"])
            try await shared.record(on: ticket) { _ in
                var changes = Changes()
                changes.urgency = .high
                return .changed(changes)
            }
            advance(shared)
            try await shared.workThrough(later: .seconds(3600))
            let heard = system.heard.elements
            #expect(heard.count == 3 && heard[0].id == heard[1].id && heard[0].body == heard[1].body)
            #expect(heard.allSatisfy { $0.isSigned })
            #expect(try heard[2].event().payload.kind == .change)
            #expect(try await shared.jobs() == [])
        }
    }

    @Test(
        "A message that will never be taken waits for a person, those who answer for the ticket are told, others go on")
    func parked() async throws {
        try await exchange(answer: { $0 == 1 ? Response(.unprocessableContent) : Response(.ok) }) { shared, system in
            let ticket = try await shared.referred()
            let other = try await shared.referred(to: "printwerk")
            advance(shared)
            try await shared.workThrough()
            #expect(system.heard.elements.map(\.code) == ["fjordnett", "printwerk"])
            #expect(try await shared.jobs() == ["dead 1"])
            #expect(try await shared.view(ticket).log.last?.recorded.event == .supplierUnreachable(shared.supplier()))
            #expect(try await shared.view(other).log.last?.recorded.event.kind == .referred)
            let reason = try await shared.database.first(
                "select last_error from supplier_message where last_error is not null", as: String.self)
            #expect(reason == "the supplier answered 422 Unprocessable Content")
            let letters = try await shared.database.first(
                "select count(*) from letter where kind = 'supplier_unreachable'", as: Int.self)
            #expect(letters == 1)
        }
    }

    @Test("The next message of a bond carries those that were left behind, in their order")
    func leftBehind() async throws {
        try await exchange(answer: { $0 == 1 ? Response(.unprocessableContent) : Response(.ok) }) { shared, system in
            let ticket = try await shared.referred()
            let supplier = try shared.supplier()
            advance(shared)
            try await shared.workThrough()
            try await shared.record(on: ticket, note: "Again") {
                .supplierAnswered(supplier, note: try #require($0.entry))
            }
            advance(shared)
            try await shared.workThrough()
            let events = try system.heard.elements.map { try $0.event() }
            #expect(events.map(\.payload.kind) == [.referral, .referral, .answer])
            #expect(events[0].id == events[1].id)
        }
    }

    @Test("An address that wants nothing more pauses its supplier alone, until a person opens the line again")
    func gone() async throws {
        try await exchange(answer: { $0 == 1 ? Response(.gone) : Response(.ok) }) { shared, system in
            let ticket = try await shared.referred()
            _ = try await shared.referred()
            _ = try await shared.referred(to: "printwerk")
            advance(shared)
            try await shared.workThrough()
            #expect(system.heard.elements.map(\.code) == ["fjordnett", "printwerk"])
            let line = try await shared.line()
            #expect(line.pausedBecause == "the supplier answered 410 Gone")
            #expect(try await shared.view(ticket).log.last?.recorded.event.kind == .supplierUnreachable)
            try await shared.store.resume(shared.supplier(), "fjordnett")
            advance(shared)
            try await shared.workThrough(later: .seconds(700))
            #expect(system.heard.elements.map(\.code) == ["fjordnett", "printwerk", "fjordnett", "fjordnett"])
            #expect(try await shared.jobs() == [])
        }
    }

    @Test("After five failures nothing is sent for a while, one message probes, and a success opens the line")
    func breaker() async throws {
        try await exchange(answer: { $0 <= 5 ? Response(.badGateway) : Response(.ok) }) { shared, system in
            for _ in 0..<7 { _ = try await shared.referred() }
            advance(shared)
            try await shared.workThrough()
            #expect(system.heard.elements.count == 5)
            #expect(try await shared.line().closedUntil == shared.worker.time.now + .seconds(30))
            shared.time.advance(by: .seconds(31))
            advance(shared)
            try await shared.workThrough(later: .seconds(400))
            let line = try await shared.line()
            #expect(line.failures == 0 && line.closedUntil == nil && line.failingSince == nil)
            #expect(Set(system.heard.elements.suffix(7).map(\.id)).count == 7)
            #expect(try await shared.jobs() == [])
        }
    }

    private static let refusal = Response(.unprocessableContent, body: .bytes(Array("{\"no\":1}".utf8)))

    @Test("A message that a person has sent again keeps its identity, and what was said is on record without secrets")
    func replay() async throws {
        try await exchange(answer: { $0 == 1 ? Self.refusal : Response(.ok) }) { shared, system in
            _ = try await shared.referred()
            advance(shared)
            try await shared.workThrough()
            let parked = try await shared.store.parkedMessages()
            #expect(parked.map(\.kind) == [.told(.referral)] && parked.first?.received?.contains("{\"no\":1}") == true)
            #expect(parked.first?.sent?.contains("/fjordnett/events") == true)
            let secret = SupplierSystem.secret.text
            #expect(parked.allSatisfy { !($0.sent ?? "").contains(secret) && !($0.sent ?? "").contains("v1,") })
            let message = try #require(parked.first).id
            await #expect(throws: NoSuchMessage.self) {
                try await shared.store.replay(message, to: shared.supplier("printwerk"))
            }
            try await shared.store.replay(message, to: shared.supplier())
            try await shared.workThrough()
            let heard = system.heard.elements
            #expect(heard.count == 2 && heard[0].id == heard[1].id && heard[0].body == heard[1].body)
            #expect(try await shared.store.parkedMessages().isEmpty)
            #expect(try await shared.jobs() == [])
        }
    }

    @Test(
        "What the desk and the requester write crosses only where the supplier's list allows it, and no inner note does"
    )
    func notes() async throws {
        try await exchange { shared, system in
            let ticket = try await shared.referred()
            try await shared.record(on: ticket, note: "inner words") { .noteAdded(try #require($0.entry)) }
            try await shared.record(on: ticket, note: "public words") { .messageSent(try #require($0.entry)) }
            advance(shared)
            try await shared.workThrough()
            #expect(try system.heard.elements.map { try $0.event().payload.kind } == [.referral])
            try await shared.allow(["message"], for: "fjordnett")
            try await shared.record(on: ticket, note: "inner words") { .noteAdded(try #require($0.entry)) }
            try await shared.record(on: ticket, note: "public words") { .messageSent(try #require($0.entry)) }
            advance(shared)
            try await shared.workThrough()
            let last = try #require(system.heard.elements.last).event().payload
            #expect(last.kind == .note && last.disclosure[.message] == "public words")
            let all = system.heard.elements.map { String(decoding: $0.body, as: UTF8.self) }.joined()
            #expect(!all.contains("inner words"))
        }
    }

    @Test(
        "To a supplier that solved a ticket a new referral is a reopening of the same exchange; it hears of the end too"
    )
    func reopening() async throws {
        try await exchange { shared, system in
            let ticket = try await shared.referred()
            let supplier = try shared.supplier()
            try await shared.record(on: ticket, note: "Done.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket, note: "It is not.") { .referred(supplier, note: $0.entry) }
            try await shared.record(on: ticket, note: "Done.") { .supplierResolved(supplier, note: $0.entry) }
            try await shared.record(on: ticket) { _ in .resolved(.solved, note: nil) }
            try await shared.record(on: ticket) { _ in .closed }
            advance(shared)
            try await shared.workThrough()
            let events = try system.heard.elements.map { try $0.event() }
            #expect(events.map(\.payload.kind) == [.referral, .reopening, .closure])
            #expect(Set(events.map(\.payload.exchange)).count == 1)
        }
    }

    @Test("A supplier that asks for time gets it, and no attempt is used up")
    func retryAfter() async throws {
        try await exchange(answer: { _ in Response(.tooManyRequests, fields: [.retryAfter: "600"]) }) { shared, _ in
            _ = try await shared.referred()
            advance(shared)
            try await shared.workThrough()
            #expect(try await shared.jobs() == ["ready 0"])
            let wait = try await shared.database.first(
                "select due > enqueued_at + interval '9 minutes' from jobs.job where kind = 'supplier.deliver'",
                as: Bool.self)
            #expect(wait == true)
        }
    }

    @Test("After the last attempt a person is told")
    func lastAttempt() async throws {
        try await exchange(answer: { _ in Response(.internalServerError) }) { shared, _ in
            let ticket = try await shared.referred()
            try await shared.database.run(
                "update jobs.job set attempt = attempts_allowed - 1 where kind = 'supplier.deliver'")
            advance(shared)
            try await shared.workThrough()
            #expect(try await shared.jobs() == ["dead 10"])
            #expect(try await shared.view(ticket).log.last?.recorded.event.kind == .supplierUnreachable)
        }
    }

    @Test("An address that the operator has not allowed is never called")
    func outboundRules() async throws {
        try await exchange { shared, system in
            _ = try await shared.referred()
            advance(shared)
            try await shared.workThrough(allowing: [])
            #expect(system.heard.elements.isEmpty)
            #expect(try await shared.jobs() == ["dead 1"])
            let reason = try await shared.database.first("select last_error from supplier_message", as: String.self)
            #expect(reason?.contains("MERIDIAN_OUTBOUND_ALLOW") == true)
        }
    }

    @Test("Without its secret a message waits, and says what for")
    func missingSecret() async throws {
        try await exchange { shared, system in
            _ = try await shared.referred()
            try await shared.database.run("delete from secret")
            advance(shared)
            try await shared.workThrough()
            #expect(system.heard.elements.isEmpty)
            #expect(try await shared.jobs() == ["ready 0"])
            let reason = try await shared.database.first("select last_error from supplier_message", as: String.self)
            #expect(reason?.contains("deskctl secret set fjordnett-outgoing") == true)
        }
    }
}
