import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import SupplierTestSupport
import Testing

@testable import Suppliers

@Suite("Comparisons with another desk", .database(template: TestDesk.template), .serialized, .timeLimit(.minutes(5)))
struct SisterComparisonTests {
    private func run(_ body: (ExaminedDesk, WebhookSystem) async throws -> Void) async throws {
        try await ExaminedDesk.run(.sister) { desk in
            try await body(desk, #require(desk.system as? WebhookSystem))
        }
    }

    private func compare(at desk: ExaminedDesk) async throws {
        try await desk.shared.store.reconcile(desk.shared.supplier(), "fjordnett")
        try await desk.work()
        #expect(try await desk.shared.jobs() == [])
    }

    private func standing(
        _ state: SupplierState, ended: Bool = false, unsent: Bool = false, at desk: ExaminedDesk
    ) -> ExchangeStanding {
        ExchangeStanding(
            reference: "KBH-7", state: state, hasEnded: ended, hasUnsent: unsent, lastSentAt: nil,
            lastHeardAt: desk.shared.time.now)
    }

    private func kinds(_ ticket: Ticket, _ desk: ExaminedDesk) async throws -> [Ticket.Event.Kind] {
        try await desk.shared.view(ticket).log.map(\.recorded.event.kind)
    }

    @Test("What it has solved or given back and could not say is heard once; what agrees or is on its way stays")
    func given() async throws {
        try await run { desk, system in
            let ends: [(SupplierState, Ticket.Event.Kind)] = [
                (.resolved, .supplierResolved), (.rejected, .supplierReturned),
            ]
            for (state, kind) in ends {
                let ticket = try await desk.shared.referred()
                try await desk.settle()
                let exchange = try await desk.bond(ticket).uuid
                let before = try await kinds(ticket, desk)
                system.stands(exchange, standing(state, at: desk))
                try await compare(at: desk)
                #expect(try await kinds(ticket, desk) == before, "too soon")
                try await desk.pass(.seconds(3_600))
                for untouched in [standing(.inProgress, at: desk), standing(state, unsent: true, at: desk)] {
                    system.stands(exchange, untouched)
                    try await compare(at: desk)
                    #expect(try await desk.bond(ticket).endedAt == nil)
                }
                system.stands(exchange, standing(state, at: desk))
                for _ in 0..<2 { try await compare(at: desk) }
                #expect(try await kinds(ticket, desk).count { $0 == kind } == 1)
                system.stands(exchange, nil)
            }
        }
    }

    @Test("Of a ticket that it does not have people are told, once it has had a day to read of it")
    func unknown() async throws {
        try await run { desk, system in
            let ticket = try await desk.shared.referred()
            try await desk.settle()
            system.stands(try await desk.bond(ticket).uuid, nil)
            try await desk.pass(.seconds(3_600))
            try await compare(at: desk)
            #expect(try await !kinds(ticket, desk).contains(.supplierUnreachable))
            try await desk.pass(.seconds(90_000))
            try await compare(at: desk)
            #expect(try await kinds(ticket, desk).contains(.supplierUnreachable))
        }
    }

    @Test("A ticket that it gave us and has taken back or closed without our hearing is so here too")
    func served() async throws {
        try await run { desk, system in
            for (state, outcome) in [(SupplierState.withdrawn, Ticket.Outcome.withdrawn), (.resolved, .solved)] {
                let exchange = UUID()
                try await desk.give(exchange)
                let number = try await desk.newest()
                if state == .resolved {
                    try await desk.shared.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in
                        .resolved(.solved, note: nil, knowledge: .nothing(.oneOff))
                    }
                }
                try await desk.settle()
                system.stands(exchange, standing(state, ended: true, at: desk))
                try await desk.pass(.seconds(3_600))
                system.stands(exchange, standing(state, ended: true, at: desk))
                for _ in 0..<2 { try await compare(at: desk) }
                let view = try #require(await desk.shared.store.view(of: number, seeing: .desk, including: true))
                #expect(view.ticket.outcome == outcome && view.bonds.first?.endedAt != nil)
                #expect(view.ticket.state == (state == .resolved ? .closed : .resolved))
            }
        }
    }
}
