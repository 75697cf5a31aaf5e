import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Testing
import TimeZones

@testable import Reporting

@Suite("The report on time and cost", .database(template: TestDesk.template))
struct CostReportTests {
    private func report(_ question: Question, _ played: PlayedDesk) async throws -> CostReport {
        try await CostReport(question, rates: RateTable(played.directory), from: played.reporting.store.database)
    }

    private func check(_ times: TimeFigures, _ work: WorkFigures, against cases: [HandWorkedCase], _ name: String) {
        let ends = cases.flatMap(\.ends)
        let (responses, services) = (cases.compactMap(\.response), ends.compactMap(\.service))
        #expect(times.response.wall.isNear(Spread(minutes: responses.map(\.wall))), "\(name)")
        #expect(times.response.hours.isNear(Spread(minutes: responses.map(\.hours))), "\(name)")
        #expect(times.service.wall.isNear(Spread(minutes: services.map(\.wall))), "\(name)")
        #expect(times.service.hours.isNear(Spread(minutes: services.map(\.hours))), "\(name)")
        #expect(times.through.wall.isNear(Spread(minutes: ends.map(\.through.wall))), "\(name)")
        #expect(times.through.hours.isNear(Spread(minutes: ends.map(\.through.hours))), "\(name)")
        let worked = ends.filter { $0.work.contains { $0 > 0 } || $0.suppliers > 0 }
        let expected = WorkFigures(
            tickets: worked.count, own: Double(ends.flatMap(\.work).reduce(0, +) * 60),
            suppliers: Double(ends.reduce(0) { $0 + $1.suppliers } * 60), cost: ends.reduce(0) { $0 + $1.cost },
            lost: ends.filter(\.isLost).reduce(0) { $0 + $1.cost }, unrated: 0)
        #expect(work == expected, "\(name)")
    }

    @Test("Thirty cases that were worked out by hand give these figures, exactly: each, by site, by kind, and in all")
    func handWorked() async throws {
        #expect(HandWorkedCase.all.count == 30)
        let played = try await PlayedDesk.workedOut()
        let bySite = try await report(.spring(), played)
        check(bySite.total.times, bySite.total.work, against: HandWorkedCase.all, "all")
        // Added up by hand as well: 1403.00 in all, of which 125.00 for what was not solved.
        #expect(bySite.total.work.cost == 140_300 && bySite.total.work.lost == 12_500)
        for (code, cost) in [("OSL", 111_200), ("AMS", 21_000), ("SIN", 8100)] {
            let key = String(try played.site(code).rawValue)
            let own = HandWorkedCase.all.filter { $0.site == code }
            let times = try #require(bySite.times.first { $0.key == key })
            let work = try #require(bySite.work.first { $0.key == key })
            check(times.times, work.work, against: own, code)
            #expect(work.work.cost == cost)
        }
        let byKind = try await report(.spring(by: .kind), played)
        for kind in Ticket.Kind.allCases {
            let times = try #require(byKind.times.first { $0.key == kind.rawValue })
            let work = try #require(byKind.work.first { $0.key == kind.rawValue })
            check(times.times, work.work, against: HandWorkedCase.all.filter { $0.kind == kind }, kind.rawValue)
        }
        await played.close()
    }

    @Test("Each case by itself is counted as it was worked out")
    func single() async throws {
        let played = try await PlayedDesk.withRates()
        for (place, one) in HandWorkedCase.all.enumerated() {
            try await TestDatabase.current.run("delete from figure_ticket")
            try await played.count(logs: [one.log(played, number: place + 1)])
            let report = try await report(.spring(), played)
            check(report.total.times, report.total.work, against: [one], one.name)
        }
        await played.close()
    }

    @Test("Work and cost belong to the tier that worked and the supplier that had it, on the rates of those days")
    func byWorker() async throws {
        let played = try await PlayedDesk.workedOut()
        let byTier = try await report(.spring(by: .tier), played)
        let ends = HandWorkedCase.all.flatMap(\.ends)
        // By hand: 527.00 for the first line, 360.00 for the second, 156.00 for the third, 360.00 for suppliers.
        for (tier, cost) in [(1, 52_700), (2, 36_000), (3, 15_600)] {
            let group = try #require(byTier.work.first { $0.key == "\(tier)" })
            #expect(group.work.cost == cost)
            #expect(group.work.own == Double(ends.reduce(0) { $0 + $1.work[tier - 1] } * 60))
            #expect(group.work.suppliers == 0)
        }
        #expect(byTier.work.first { $0.key == nil }?.work.cost == 36_000)
        let bySupplier = try await report(.spring(by: .supplier), played)
        let fjordnett = try #require(played.directory.suppliers["fjordnett"]).description
        let printwerk = try #require(played.directory.suppliers["printwerk"]).description
        #expect(bySupplier.work.first { $0.key == fjordnett }?.work.cost == 36_000)
        #expect(bySupplier.work.first { $0.key == printwerk }?.work.suppliers == 16_200.0)
        #expect(bySupplier.work.first { $0.key == printwerk }?.work.cost == 0)
        #expect(bySupplier.work.first { $0.key == nil }?.work.cost == 104_300)
        await played.close()
    }

    @Test("What each party had adds up to the time from the reports to the resolutions")
    func parties() async throws {
        let played = try await PlayedDesk.workedOut()
        let report = try await report(.spring(), played)
        let all = HandWorkedCase.all.flatMap(\.ends).reduce(0) { $0 + $1.through.wall }
        #expect(report.parties.reduce(0) { $0 + $1.wall } == Double(all * 60))
        #expect(report.parties.map(\.holder) == [.team, .team, .team, .supplier, .supplier, .requester])
        // By hand: asked for 120, 60 and 3820 minutes.
        #expect(report.parties.last?.wall == 240_000.0)
        await played.close()
    }

    @Test("A rate that is put right is right in every report; work without one is told and costs nothing")
    func rates() async throws {
        let played = try await PlayedDesk.workedOut()
        let without = try TestDesk.organisation { $0["rates"] = ["currency": "EUR"] }
        _ = try await played.desk.store.apply(without, by: "the tests")
        let directory = try await played.desk.store.directory()
        let report = try await CostReport(
            .spring(), rates: RateTable(directory), from: played.reporting.store.database)
        let own = HandWorkedCase.all.flatMap(\.ends).flatMap(\.work).reduce(0, +)
        #expect(report.total.work.cost == 0 && report.total.work.unrated == Double(own * 60))
        await played.close()
    }
}
