import Desk
import DeskTestSupport
import Foundation
import JSON
import Mail
import Moments
import Postgres

/// What must be true of a desk when the journeys on it are over, whatever was killed on the way.
struct Verdict {
    let desk: RunningDesk
    let journeys: [Journey]

    /// What happens to every ticket, in this order and no further time.
    private static let course: [Ticket.Event.Kind] = [
        .opened, .routed, .handedOver, .referred, .supplierAcknowledged, .supplierAsked, .supplierAnswered,
        .supplierResolved, .resolved, .closed,
    ]

    /// - Throws: `HarnessFault` with all that is not as it must be, so that the programs' last words stand with it.
    func check() async throws {
        try await waitForTheLastWork()
        var faults = Faults()
        for journey in journeys {
            try await checkLog(of: journey, &faults)
            try await checkLegs(of: journey, &faults)
        }
        let tickets = try await desk.database.all("select number from ticket order by id", as: String.self)
        faults.expect(tickets.sorted() == journeys.map(\.number).sorted(), "each request is one ticket: \(tickets)")
        let dead = try await desk.database.all(
            "select kind || ': ' || reason from jobs.job where state = 'dead'", as: String.self)
        faults.expect(dead.isEmpty, "no job was given up: \(dead)")
        try checkSupplier(&faults)
        try await checkLetters(&faults)
        guard faults.list.isEmpty else { throw HarnessFault(faults.list.joined(separator: "\n")) }
    }

    private func waitForTheLastWork() async throws {
        try await until("all jobs are done") { () -> Void? in
            let open = try await desk.database.first(
                "select count(*) from jobs.job where state <> 'dead' and due <= now() + interval '1 day'", as: Int.self)
            return open == 0 ? () : nil
        }
        try await until("the figures show every ticket as solved") { () -> Void? in
            let shown = try await desk.database.all(
                "select number from figure_ticket where state = 'closed' and outcome = 'solved'", as: String.self)
            return Set(shown) == Set(journeys.map(\.number)) && shown.count == journeys.count ? () : nil
        }
    }

    private func checkLog(of journey: Journey, _ faults: inout Faults) async throws {
        // What the routing table finds out, and when a deadline comes near, depends on the ticket and the hour.
        let happened = try await journey.events()
        let course = happened.filter { ![.changed, .deadlineNear].contains($0) }
        faults.expect(course == Self.course, "\(journey.number) went its course: \(course.map(\.rawValue))")
        faults.expect(happened.count { $0 == .deadlineNear } <= 1, "\(journey.number) is warned of once")
    }

    private func checkLegs(of journey: Journey, _ faults: inout Faults) async throws {
        let legs = try await desk.database.all(
            """
            select l.holder, l.started_at, l.ended_at from leg l join ticket t on t.id = l.ticket
            where t.number = \(journey.number) order by l.started_at
            """, as: (Holder.Kind, Moment, Moment?).self)
        let times = try await desk.database.first(
            "select opened_at, closed_at from ticket where number = \(journey.number)",
            as: (Moment, Moment?).self)
        let isCovered = legs.first?.1 == times?.0 && legs.last?.2 == times?.1
        faults.expect(isCovered && !legs.isEmpty, "\(journey.number): the legs cover the life")
        for (leg, next) in zip(legs, legs.dropFirst()) { faults.expect(leg.2 == next.1, "\(journey.number): no gap") }
        let holders = legs.map(\.0)
        faults.expect(
            holders.suffix(5) == [.supplier, .team, .supplier, .team, .requester], "\(journey.number): \(holders)")
    }

    /// Each ticket was referred once, and worked on once, whatever was sent twice.
    private func checkSupplier(_ faults: inout Faults) throws {
        let workbook = try JSON.parse(Data(contentsOf: URL(filePath: "\(desk.folder)/supplier.json")))
        let exchanges = workbook["exchanges"]?.object?.map(\.value) ?? []
        let tickets = exchanges.compactMap { $0["ticket"]?.string }.sorted()
        faults.expect(tickets == journeys.map(\.number).sorted(), "the supplier has each ticket once: \(tickets)")
        faults.expect(workbook["count"]?.integer == Int64(journeys.count), "the supplier took no ticket twice")
        faults.expect(workbook["outgoing"]?.array == [], "the supplier has told all it had to tell")
    }

    /// Everybody who was to be told has been told, and nobody of something else.
    private func checkLetters(_ faults: inout Faults) async throws {
        let unsent = try await desk.database.first(
            "select count(*) from delivery where sent_at is null or refused is not null", as: Int.self)
        faults.expect(unsent == 0, "no letter is left behind")
        let letters = try await desk.database.all(
            "select lower(l.uuid::text) from letter l where exists (select from delivery d where d.letter = l.id)",
            as: String.self)
        let delivered = try Set(messagesCaught().map { $0.dropFirst("letter.".count).prefix(36).lowercased() })
        faults.expect(delivered == Set(letters), "each letter arrived at least once")
        let kinds = try await desk.database.all(
            "select l.kind from letter l join delivery d on d.letter = l.id where l.audience = 'requester'",
            as: String.self)
        faults.expect(
            kinds.count { $0 == "resolution" } == journeys.count, "each requester was told of the solution once")
    }

    /// The Message-IDs of what the mail catcher got.
    private func messagesCaught() throws -> [String] {
        let folder = URL(filePath: "\(desk.folder)/mail")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "eml" }.compactMap { file in
            MessageParser().parse(Array(try Data(contentsOf: file))).messageID
        }
    }
}

/// What is not as it must be, all of it together.
private struct Faults {
    private(set) var list: [String] = []

    /// Notes `rule` unless it holds.
    mutating func expect(_ holds: Bool, _ rule: @autoclosure () -> String) {
        if !holds { list.append("This does not hold: \(rule())") }
    }
}
