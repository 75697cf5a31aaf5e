import Desk
import DeskStore
import Jobs
import Moments
import Postgres
import Reporting
import Routing
import Runtime
import SeedTestSupport

/// An organisation at work, in fast time: what is due happens, then the time moves to what comes next. Everything that
/// is left to chance comes from one seed, and one thing happens after the other, so a seed plays the same again.
final class Simulation {
    let world: World
    let scenery: Scenery
    let beginning: Moment
    var random: Seed
    var agenda = Agenda()
    var report: ChaosReport
    /// The tickets that the desk said it has, in the order in which it did.
    var acknowledged: [TicketNumber] = []
    private var known: Set<TicketNumber> = []
    /// How often something was done about a ticket.
    var turns: [TicketNumber: Int] = [:]
    var steps = 0
    /// How often the store said no, by what was wanted: how much of what people try has to be refused.
    var refusals: [String: Int] = [:]
    var deeds: [String: Int] = [:]
    var documents = Documents()
    var suppliers = SupplierScript()
    var post = Post()
    /// By calendar, what its feed says.
    var books: [String: HolidayBook] = [:]
    /// As what people were served, since when.
    var requesters = RequesterBook()
    /// By ticket, how its clocks were counted anew, one time after the other.
    var recounts: [TicketNumber: [RecountedHours]] = [:]
    var faults = Faults()
    /// The last event that was looked at.
    var lastEvent: Int64 = 0
    var hands: [Hand] = []
    /// Workers that stood still with a job in hand.
    var stalled: [Hand] = []
    private let start = ContinuousClock.now

    init(_ world: World, _ scenery: Scenery, options: ChaosOptions, random: Seed) {
        (self.world, self.scenery, self.random) = (world, scenery, random)
        report = ChaosReport(options: options)
        beginning = world.time.now
    }

    var now: Moment { world.time.now }

    /// Plays until nothing is left to do, or something is wrong.
    func run() async throws {
        hands = try await Hand.crew(of: world, each: Int.random(in: 2...3, using: &random))
        agenda.plan(.arrival, at: beginning)
        agenda.plan(.watch, at: beginning + .seconds(1800))
        agenda.plan(.count, at: beginning + .seconds(3600))
        agenda.plan(.check, at: beginning + .seconds(7200))
        agenda.plan(.change, at: beginning + .seconds(Int.random(in: 2...20, using: &random) * 3600))
        agenda.plan(.fault, at: beginning + .seconds(Int.random(in: 1...10, using: &random) * 3600))
        while report.violations.isEmpty {
            steps += 1
            if !report.options.isJSON, steps % 500 == 0 {
                DeskChaos.say("step \(steps), \(now.rfc3339): \(acknowledged.count) tickets")
            }
            try await settle()
            try await checkTouched()
            if let happening = agenda.take(until: now) {
                try await happen(happening)
            } else if let next = try await next() {
                try await world.advance(to: next)
            } else {
                break
            }
        }
        if report.violations.isEmpty { try await finish() }
    }

    /// When there is something to do again; nil at the end.
    private func next() async throws -> Moment? {
        let job =
            try await world.operators.database.first(
                "select min(due) from jobs.job where state = 'ready'", as: Moment?.self) ?? nil
        if agenda.isOver, job == nil, !faults.isOut { return nil }
        var moments = [agenda.next].compactMap(\.self)
        if !faults.isOut {
            let deadline = try await world.operators.nextDeadline()
            let rule = try await world.operators.database.first(
                "select min(due_at) from automation_timer where fired_at is null", as: Moment?.self)
            moments += [job, deadline, rule ?? nil].compactMap(\.self)
        }
        // What is due already has been tried, and is tried again a moment later.
        return moments.min().map { max($0, now + .milliseconds(1)) }
    }

    /// Has the workers do what is due, until nothing is.
    private func settle() async throws {
        if faults.isOut { return }
        var rounds = 0
        while try await workOnce() {
            rounds += 1
            if rounds == 10_000 {
                return fail("the queue never gets empty", about: "the queue", "after \(rounds) rounds")
            }
        }
    }

    private func workOnce() async throws -> Bool {
        let hasWorked = try await workRound()
        hearSuppliers()
        try await readPost()
        let fired = try await tolerate("deadlines") { try await self.world.deadlines.fire() } ?? 1
        let asked = try await tolerate("hours of rules") { try await self.world.automation.fire() } ?? 1
        return hasWorked || fired > 0 || asked > 0
    }

    func outsideMoods() {
        if let mood = faults.mood(&random) {
            report.faults["\(mood.rawValue) outside", default: 0] += 1
            world.outside.expect([mood])
        } else {
            world.outside.expect([])
        }
    }

    private func happen(_ happening: Happening) async throws {
        switch happening {
        case .arrival: try await arrive()
        case .act(let number): try await act(on: number)
        case .supplierSpeaks(let words): try await speak(words)
        case .mail(let mailing): try await deliver(mailing)
        case .release: try await releaseMail()
        case .watch:
            agenda.plan(.watch, at: now + .seconds(1800))
            if !faults.isOut {
                while let moved = try await tolerate("shifts", { try await self.world.shifts.move() }), moved > 0 {}
                try await askFeeds()
            }
        case .count:
            agenda.plan(.count, at: now + .seconds(3 * 3600))
            _ = try await tolerate("months") { try await LogMonths(self.world.routing.database).make(at: self.now) }
            while let count = try await tolerate("figures", { try await self.world.figures.fold() }), count > 0 {}
        case .check:
            // The more tickets, the longer it takes; each of them is looked at after every step.
            agenda.plan(.check, at: now + .seconds(6 * 3600 * (1 + acknowledged.count / 100)))
            if !faults.isOut { try await check(everything: false) }
        case .change:
            agenda.plan(.change, at: now + .seconds(Int.random(in: 1...20, using: &random) * 3600))
            try await change()
        case .fault:
            agenda.plan(.fault, at: now + .seconds(Int.random(in: 1...16, using: &random) * 3600))
            try await makeFault()
        case .recovery: faults.outUntil = nil
        case .rescue: try await rescue()
        case .awakening(let place): try await awaken(place)
        }
    }

    /// Somebody asks for help, and the next one is waited for.
    private func arrive() async throws {
        let options = report.options
        let isEnough =
            options.tickets.map { report.arrivals >= $0 }
            ?? (ContinuousClock.now - start > .seconds(options.seconds))
        if isEnough { return }
        report.arrivals += 1
        agenda.plan(.arrival, at: now + scenery.pause(after: now, &random))
        if Int.random(in: 0..<5, using: &random) < 2 { return try await write() }
        let submission = scenery.submission(in: try await world.intake.directory(), &random)
        if let ticket = try await tolerate("accept", { try await self.world.intake.accept(submission).ticket }) {
            take(ticket.number)
        }
    }

    /// The desk has said that it has a ticket.
    func take(_ number: TicketNumber) {
        acknowledged.append(number)
        known.insert(number)
        agenda.plan(.act(number), at: now + scenery.thought(&random))
    }

    func isAcknowledged(_ number: TicketNumber) -> Bool { known.contains(number) }

    /// Does something that a fault may keep from happening; nil if one did.
    func tolerate<Answer>(_ what: String, _ body: () async throws -> Answer?) async throws -> Answer? {
        do {
            return try await body()
        } catch let error as DatabaseError where faults.excuse(error) {
            report.faults["\(what) broken off", default: 0] += 1
            return nil
        }
    }

    func fail(_ rule: String, about: String, _ details: String) {
        report.violations.append(
            ChaosReport.Violation(rule: rule, about: about, details: details, step: steps, at: now.rfc3339))
    }

    private func finish() async throws {
        try await disarm()
        while try await world.figures.fold() > 0 {}
        try await check(everything: true)
        try await checkFigures()
        try await checkRecount()
        report.acknowledged = acknowledged.count
    }
}
