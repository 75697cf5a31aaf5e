import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import SeedTestSupport
import Testing
import TimeZones

@testable import Reporting

@Suite("Figures of any tickets", .database(template: TestDesk.template))
struct AttributionTests {
    private static func teams(_ played: PlayedDesk) throws -> [Responsibility] {
        try [
            ("osl-first", "OSL"), ("ams-first", "AMS"), ("sin-first", "SIN"), ("waw-applications", "WAW"),
            ("waw-network", "WAW"), ("osl-platform", "OSL"),
        ].map { try played.team($0.0, at: $0.1) }
    }

    private static func logs(_ count: Int, _ played: PlayedDesk, _ seed: inout Seed) throws -> [RandomLog] {
        let suppliers = ["fjordnett", "printwerk"].compactMap { played.directory.suppliers[$0] }
        let teams = try teams(played)
        return try (1...count).map { number in
            try RandomLog(
                id: TicketID(Int64(number)), seed: &seed, teams: teams, suppliers: suppliers, agent: played.agent)
        }
    }

    @Test("Each minute of 3,000 random lives, from report to closing, is one holder's, and none is two holders'")
    func attribution() async throws {
        var seed = Seed.ofThisRun
        let name = seed.description
        let played = try await PlayedDesk()
        for random in try Self.logs(3000, played, &seed) {
            let id = random.ticket.id
            let summary = try TicketSummary(of: id, log: random.log)
            let counted = CountedSummary(summary, of: id, hours: played.hours)
            for episode in summary.episodes {
                let own = summary.stretches.filter { $0.episode == episode.ticket.episode }
                // Without an overlap, and without a gap but for the requester's time after a resolution.
                for (one, next) in zip(own, own.dropFirst()) {
                    #expect(one.endedAt.map { $0 <= next.startedAt } == true, "\(name), ticket \(id)")
                }
                let held = own.reduce(Duration.zero) { $0 + $1.length }
                if let closed = episode.ticket.times.closed {
                    let after = episode.resolvedAt.map { closed.duration(since: $0) } ?? .zero
                    let all = held + episode.rested + after
                    #expect(all == closed.duration(since: episode.openedAt), "\(name), ticket \(id)")
                }
                let times = EpisodeTimes(of: episode, in: counted.stretches)
                if let through = times.through, let service = times.service, let response = times.response {
                    #expect(response.wall + service.wall == through.wall, "\(name), ticket \(id)")
                    #expect(response.hours + service.hours == through.hours, "\(name), ticket \(id)")
                }
                for stretch in counted.stretches { #expect(stretch.hours <= stretch.stretch.length, "\(name)") }
            }
            let legs = Ledger(
                states: zip(try Ticket.replay(random.log, id: id).map(\.ticket), random.log.map(\.event.kind)).map {
                    ($0, $1)
                }
            ).legs
            #expect(summary.returns.count == legs.count { $0.reason == .foundInsufficient }, "\(name), ticket \(id)")
        }
        await played.close()
    }

    @Test("Of every measure, the groups of each breakdown add up to the whole", arguments: Split.allCases)
    func sums(_ split: Split) async throws {
        var seed = Seed.ofThisRun
        let name = seed.description
        let played = try await PlayedDesk.withRates()
        try await played.count(logs: Self.logs(150, played, &seed).map(\.log))
        let zone = try TestDesk.zones.zone("Europe/Oslo")
        let end = TestDesk.monday + .seconds(30 * 86_400)
        let question = Question(
            period: Period(lastDays: 35, until: end, in: zone), split: split, reach: .everywhere, now: end)
        let database = played.reporting.store.database
        let report = try await CostReport(question, rates: RateTable(played.directory), from: database)
        let (work, total) = (report.work.map(\.work), report.total.work)
        #expect(total.cost > 0 && total.own > 0 && report.total.times.through.wall.count > 20, "\(name)")
        #expect(work.reduce(0) { $0 + $1.cost } == total.cost, "\(name)")
        #expect(work.reduce(0) { $0 + $1.lost } == total.lost, "\(name)")
        #expect(abs(work.reduce(0) { $0 + $1.own } - total.own) < 1e-4, "\(name)")
        #expect(abs(work.reduce(0) { $0 + $1.suppliers } - total.suppliers) < 1e-4, "\(name)")
        for part in [
            \TimeFigures.response.wall, \.response.hours, \.service.wall, \.service.hours, \.through.wall,
            \.through.hours,
        ] {
            let (whole, parts) = (report.total.times[keyPath: part], report.times.map { $0.times[keyPath: part] })
            #expect(parts.reduce(0) { $0 + $1.count } == whole.count, "\(name)")
            let sum = parts.reduce(0) { $0 + ($1.mean ?? 0) * Double($1.count) }
            #expect(abs(sum - (whole.mean ?? 0) * Double(whole.count)) < 1e-3, "\(name)")
        }
        try await checkFurther(question, database, played, name)
        try await checkReferrals(question, database, played, name)
        let parties = report.parties.reduce(0) { $0 + $1.wall }
        let through = report.total.times.through.wall
        #expect(abs(parties - (through.mean ?? 0) * Double(through.count)) < 1e-3, "\(name)")
        let service = try await ServiceReport(question, from: database)
        let groups = service.groups.map(\.figures)
        #expect(groups.reduce(0) { $0 + $1.opened } == service.total.opened && service.total.opened >= 150, "\(name)")
        #expect(groups.reduce(0) { $0 + $1.resolved } == service.total.resolved, "\(name)")
        #expect(groups.reduce(0) { $0 + $1.open } == service.total.open, "\(name)")
        await played.close()
    }

    /// Of each group the referrals and what became of them add up to those of all, and over the months to its own.
    private func checkReferrals(
        _ question: Question, _ database: Database, _ played: PlayedDesk, _ name: String
    ) async throws {
        let report = try await SupplierReport(question, from: database)
        let parts: [any KeyPath<SupplierFigures, Int> & Sendable] = [
            \.referred, \.again, \.returned, \.withdrawn, \.acknowledgement.wall.count, \.solution.hours.count,
        ]
        #expect(report.total.referred > 15, "\(name)")
        for part in parts {
            let groups = report.groups.map { $0.figures[keyPath: part] }
            #expect(groups.reduce(0, +) == report.total[keyPath: part], "\(name)")
            for group in report.groups {
                let months = group.months.map { $0.figures[keyPath: part] }
                #expect(months.reduce(0, +) == group.figures[keyPath: part], "\(name)")
            }
        }
        #expect(report.groups.reduce(0) { $0 + $1.figures.held } == report.total.held, "\(name)")
        let total = report.total
        let ended = total.solution.wall.count + total.returned + total.withdrawn
        #expect(total.referred == ended + total.held, "All began and ended in the period. \(name)")
    }

    /// Outcomes and promises add up too.
    private func checkFurther(
        _ question: Question, _ database: Database, _ played: PlayedDesk, _ name: String
    ) async throws {
        let outcomes = try await OutcomeReport(
            question, rates: RateTable(played.directory), language: "en", from: database)
        for outcome in Ticket.Outcome.allCases {
            let sum = outcomes.groups.reduce(0) { $0 + ($1.figures.counts[outcome] ?? 0) }
            #expect(sum == outcomes.total.counts[outcome] ?? 0, "\(name)")
        }
        for gain in KnowledgeGain.allCases {
            let sum = outcomes.groups.reduce(0) { $0 + ($1.figures.knowledge[gain] ?? 0) }
            #expect(sum == outcomes.total.knowledge[gain] ?? 0, "\(name)")
        }
        try await TestDatabase.current.run(
            """
            insert into figure_target (ticket, episode, clock, measure, is_met, at)
            select ticket, episode, n, case n when 1 then 'resolution' else 'update' end, ticket % 3 > 0,
                opened_at + n * interval '1 hour'
            from figure_ticket, generate_series(1, 2) n
            """)
        let targets = try await TargetReport(question, from: database)
        for measure in [Measure.resolution, .update] {
            let sum = targets.groups.reduce(TargetFigures()) { $0 + ($1.figures[measure] ?? TargetFigures()) }
            #expect(sum == targets.total[measure] && sum.met > 0 && sum.missed > 0, "\(name)")
        }
    }
}
