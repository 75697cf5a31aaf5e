import Desk
import DeskStore
import Foundation
import JSON
import Moments
import Postgres
import Runtime

extension Command {
    static let clockReevaluate = Command(
        words: ["clock", "reevaluate"],
        summary: "Count clocks anew by the targets and hours of today, as after a mistake in them",
        details: """
            Each ticket is counted as if these had held since it was opened. What is different is kept with the reason \
            on the ticket, and deadlines are armed anew; what has fired is never fired again. A second run changes \
            nothing. Ends with 1 if a ticket could not be counted.
            """, operands: ["[NUMBER…]"],
        options: [
            .flag("--all", "all tickets that are not closed, instead of numbers"),
            .value("--site", "CODE", "with --all: only those that are at this site"),
            .value("--reason", "TEXT", "why, for the record"),
            .flag("--hours-of-then", "count by the hours that were in force at each time; only targets are of today"),
            .flag("--dry-run", "only show what would be different"), .data, .json,
        ]
    ) { invocation in
        let reevaluation = try Reevaluation(invocation)
        return try await DeskConnection(invocation).withStore { store in try await reevaluation.run(in: store) }
    }
}

/// What was asked for, and what came of it.
private struct Reevaluation: Sendable {
    let numbers: [TicketNumber]
    /// The code of the site; nil for all of them.
    let site: String?
    let reason: String
    let hours: RecountedHours
    let isRehearsal: Bool
    let isJSON: Bool

    /// How many tickets are asked for at a time.
    private static let batch = 500

    init(_ invocation: Invocation) throws(CommandFault) {
        numbers = try invocation.operands.map { word throws(CommandFault) in
            guard let number = TicketNumber(word) else {
                throw CommandFault("\"\(word)\" is no ticket number.", advice: "one such as OSL-10432.", status: .usage)
            }
            return number
        }
        guard numbers.isEmpty == invocation.has("--all") else {
            throw CommandFault(
                "it takes either numbers of tickets or --all.", advice: Command.clockReevaluate.usage, status: .usage)
        }
        site = invocation.value("--site")
        if site != nil, !numbers.isEmpty {
            throw CommandFault(
                "--site goes with --all only.", advice: Command.clockReevaluate.usage, status: .usage)
        }
        isRehearsal = invocation.has("--dry-run")
        reason = (invocation.value("--reason") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard isRehearsal || !reason.isEmpty else {
            throw CommandFault(
                "--reason is missing: it is kept on every ticket whose clocks change.",
                advice: "--reason \"the holiday of 2 June was missing\", or --dry-run.", status: .usage)
        }
        hours = invocation.has("--hours-of-then") ? .ofTheirTime : .ofToday
        isJSON = invocation.has("--json")
    }

    func run(in store: DeskStore) async throws -> ExitStatus {
        var report = Report(isJSON: isJSON, isRehearsal: isRehearsal)
        let directory = try await store.directory()
        report.teams = directory.teams
        report.suppliers = directory.suppliers
        report.total = numbers.count
        for number in numbers { try await recount(number, in: store, telling: &report) }
        if numbers.isEmpty {
            let sites = try await sites(of: store, directory)
            report.total = try await store.database.openTickets(at: sites)
            for site in sites {
                var last: OpenTicket.Turn?
                repeat {
                    let some = try await store.database.openTickets(at: site, after: last, limit: Self.batch)
                    for ticket in some { try await recount(ticket.number, in: store, telling: &report) }
                    last = some.last?.turn
                } while last != nil
            }
        }
        return report.end()
    }

    private func sites(of store: DeskStore, _ directory: Directory) async throws -> [SiteID] {
        guard let site else { return try await store.database.all("select id from site order by id", as: SiteID.self) }
        guard let key = directory.sites[site] else {
            throw CommandFault("there is no site \(site).", advice: "deskctl export shows them.", status: .usage)
        }
        return [key]
    }

    private func recount(
        _ number: TicketNumber, in store: DeskStore, telling report: inout Report
    ) async throws {
        do {
            let shifts = try await store.reevaluateClocks(
                of: number, by: hours, because: reason, cause: "deskctl clock reevaluate, \(NSUserName())",
                isRehearsal: isRehearsal)
            report.add(shifts, of: number)
        } catch let fault as Ticket.ReplayFault {
            report.add(fault: "its log cannot be replayed: \(fault)", of: number)
        } catch let fault as NoSuchTicket {
            report.add(fault: fault.description, of: number)
        }
    }
}

/// What is told of each ticket, and at the end.
private struct Report {
    let isJSON: Bool
    let isRehearsal: Bool
    var total = 0
    var teams: Codebook<Team>?
    var suppliers: Codebook<Supplier>?
    private var (changed, faults): ([JSON], [JSON]) = ([], [])
    private var done = 0
    private var bar = ProgressBar()

    init(isJSON: Bool, isRehearsal: Bool) { (self.isJSON, self.isRehearsal) = (isJSON, isRehearsal) }

    mutating func add(_ shifts: [ClockShift], of number: TicketNumber) {
        if !shifts.isEmpty {
            let clocks = shifts.map { shift -> JSON in
                .object([
                    "measure": shift.mark.measure.rawValue, "about": about(shift), "before": shift.before?.rfc3339,
                    "after": shift.after?.rfc3339,
                ])
            }
            changed.append(.object(["number": number.description, "clocks": JSON.array(clocks)]))
            say(shifts.map { "\(number)  \(words(of: $0))" }, to: .output)
        }
        advance()
    }

    mutating func add(fault: String, of number: TicketNumber) {
        faults.append(.object(["number": number.description, "fault": fault]))
        say(["\(number): \(fault)"], to: .error)
        advance()
    }

    mutating func end() -> ExitStatus {
        bar.clear()
        let line = isJSON ? object.text : sentence
        Terminal.write(line, to: .output)
        return faults.isEmpty ? .success : ExitStatus(rawValue: 1)
    }

    private var object: JSON {
        .object([
            "looked_at": done, "changed": JSON.array(changed), "faults": JSON.array(faults), "dry_run": isRehearsal,
        ])
    }

    private var sentence: String {
        let verb = isRehearsal ? "would change" : "changed"
        return changed.isEmpty
            ? "Nothing is different on \(done) tickets." : "Clocks of \(changed.count) of \(done) tickets \(verb)."
    }

    /// The team or the supplier whose promise it is; nil for the desk's.
    private func about(_ shift: ClockShift) -> String? {
        switch shift.mark.subject {
        case .ticket: nil
        case .team(let team): teams?.code(of: team)
        case .supplier(let supplier): suppliers?.code(of: supplier)
        }
    }

    private func words(of shift: ClockShift) -> String {
        let name = [shift.mark.measure.rawValue, about(shift)].compactMap(\.self).joined(separator: " ")
        return "\(name): due \(shift.before?.rfc3339 ?? "-") -> \(shift.after?.rfc3339 ?? "-")"
    }

    private mutating func say(_ lines: [String], to channel: Terminal.Channel) {
        if isJSON { return }
        bar.clear()
        for line in lines { Terminal.write(line, to: channel) }
    }

    private mutating func advance() {
        done += 1
        bar.show(done, of: total, "tickets")
    }
}
