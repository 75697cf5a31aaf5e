import Administration
import Desk
import DeskStore
import DeskTestSupport
import Moments
import PostgresTestSupport
import Runtime
import Testing

@Suite("A journey in words", .database(template: TestDesk.template))
struct JourneyReportTests {
    @Test(
        "Every leg is told with its holder, its zone, its local times and its length; every clock with its arithmetic")
    func journey() async throws {
        let desk = try TestDesk()
        let directory = try await desk.store.directory()
        let oslo = try #require(directory.sites["OSL"])
        let ticket = try await desk.store.accept(TestDesk.submission(at: oslo)).ticket
        let (core, singapore) = (try #require(directory.teams["sin-core"]), try #require(directory.sites["SIN"]))
        let fjordnett = try #require(directory.suppliers["fjordnett"])
        let kari = try #require(await desk.store.person(at: "kari.nordmann@norrsken.example")).id

        func step(_ event: @escaping @Sendable (Occasion) throws -> Ticket.Event) async throws {
            desk.time.advance(by: .seconds(1800))
            let recording = Recording(by: .person(kari), note: Note("words", visibility: .public))
            try await desk.store.record(on: ticket.number, seeing: .desk, recording, event: event)
        }
        try await step { _ in .taken(kari) }
        try await step { occasion in
            let there = try #require(occasion.directory.responsibility(of: core, at: singapore))
            return .handedOver(there, reason: "skill", note: try #require(occasion.entry))
        }
        try await step { .referred(fjordnett, note: $0.entry) }
        try await step { .supplierResolved(fjordnett, note: $0.entry) }
        try await step { .requesterAsked(try #require($0.entry)) }
        try await step { .requesterReplied(try #require($0.entry)) }
        desk.time.advance(by: .seconds(60))
        let view = try #require(await desk.store.view(of: ticket.number, seeing: .desk, including: true))
        let lines = JourneyReport(view, zones: TestDesk.zones).text.split(separator: "\n").map(String.init)

        #expect(lines[0] == "OSL-1  The printer is on fire")
        #expect(lines[1].hasSuffix("from kari@customer.example"))
        let start = try #require(lines.firstIndex(of: "Legs"))
        let blame = try #require(lines.firstIndex(of: "Whose time it was"))
        let end = try #require(lines.firstIndex(of: "Clocks"))
        #expect(lines[blame + 1].hasSuffix("team osl-first (tier 1, OSL)  60 min  1 turn(s)"))
        let whole = view.asOf.duration(since: view.ticket.times.opened).components.seconds / 60
        #expect(lines[blame..<end].contains("  in all  \(whole) min"))
        let legs = lines[(start + 1)..<blame].map { $0.split(separator: "  ").map(String.init) }
        #expect(
            legs.map { $0[0] } == [
                "team osl-first (tier 1, OSL)", "team sin-core (tier 3, SIN)", "supplier fjordnett",
                "team sin-core (tier 3, SIN)", "requester", "team sin-core (tier 3, SIN)",
            ])
        #expect(legs[0][1...3] == ["2026-03-02 10:00:00 - 2026-03-02 11:00:00", "Europe/Oslo", "3600 s"])
        #expect(legs[1][1...3] == ["2026-03-02 18:00:00 - 2026-03-02 18:30:00", "Asia/Singapore", "1800 s"])
        #expect(legs[5][1...3] == ["2026-03-02 20:00:00 - now", "Asia/Singapore", "60 s"])
        #expect(legs.map { $0[5] }.first == "responsible: osl-dispatch")
        #expect(legs[2][5] == "responsible: sin-core-agent")

        let clocks = lines[end...].filter { $0.hasPrefix("    sum ") }
        #expect(clocks.count == view.clocks.count && clocks.count == 6)
        #expect(lines[end...].contains { $0.contains("paused: waiting_requester") })
        #expect(
            lines.suffix(7).map { $0.split(separator: "  ").last ?? "" } == [
                "opened", "taken", "handed_over", "referred", "supplier_resolved", "requester_asked",
                "requester_replied",
            ])
    }
}
