import Desk
public import DeskStore
import Moments
import Runtime
public import TimeZones

/// The life of a ticket in words: every leg with its holder, zone and times, and the arithmetic of its clocks.
public struct JourneyReport: Sendable {
    private let view: TicketView
    private let zones: TimeZones

    public init(_ view: TicketView, zones: TimeZones) {
        (self.view, self.zones) = (view, zones)
    }

    public var text: String {
        let ticket = view.ticket
        var lines = [
            "\(ticket.number)  \(view.record.subject)",
            "\(ticket.state.rawValue)\(ticket.outcome.map { ", \($0.rawValue)" } ?? "")  "
                + "priority \(ticket.classification.priority.rawValue)  from \(view.requester.address)",
            "", "Legs",
        ]
        lines += view.legs.map(line)
        lines += ["", "Whose time it was"]
        let attribution = Attribution(view.legs, until: view.asOf)
        lines += attribution.shares.map { share in
            "  \(name(of: share.holder))  \(minutes(share.microseconds))  \(share.turns) turn(s)"
        }
        lines.append("  in all  \(minutes(attribution.total))")
        let returns = view.legs.returns(asOf: view.asOf)
        if !returns.isEmpty { lines += ["", "Returned \(returns.count) times for missing information"] }
        lines += returns.map(line)
        lines += ["", "Clocks"]
        for clock in view.clocks { lines += self.lines(of: clock.clock) }
        lines += ["", "Why it is here"] + view.why.map { "  \($0)" }
        lines += ["", "Events"]
        lines += view.log.map { "  \($0.revision)  \($0.recorded.at.rfc3339)  \($0.recorded.event.kind.rawValue)" }
        return lines.joined(separator: "\n")
    }

    private func line(_ leg: Leg) -> String {
        let zone = zone(of: leg.place.site)
        let end = leg.endedAt.map { local($0, zone) } ?? "now"
        let length = (leg.endedAt ?? view.asOf).duration(since: leg.startedAt)
        let position = view.directory.positions.code(of: leg.position)
        return "  \(holder(of: leg))  \(local(leg.startedAt, zone)) - \(end)  \(zone?.name ?? "UTC")  "
            + "\(length.components.seconds) s  \(leg.reason.rawValue)  responsible: \(position)"
    }

    private func line(_ loop: ReturnLoop) -> String {
        let zone = zone(of: loop.place.site)
        let end = loop.endedAt.map { local($0, zone) } ?? "now"
        let held = Holder.Kind.allCases.compactMap { kind in
            loop.held[kind].map { "\(kind.rawValue) \($0.components.seconds) s" }
        }
        let teams = view.directory.teams
        return "  from \(teams.code(of: loop.from.team)) to \(teams.code(of: loop.place.team))  "
            + "\(local(loop.startedAt, zone)) - \(end)  \(held.joined(separator: ", "))"
    }

    private func holder(of leg: Leg) -> String {
        name(of: leg.holder)
    }

    private func name(of holder: Holder) -> String {
        let directory = view.directory
        switch holder {
        case .team(let place):
            return
                "team \(directory.teams.code(of: place.team)) (tier \(place.tier), \(directory.code(of: place.site)))"
        case .supplier(let supplier): return "supplier \(directory.suppliers.code(of: supplier))"
        case .requester: return "requester"
        }
    }

    private func lines(of clock: Clock) -> [String] {
        let elapsed = clock.elapsed(at: clock.stoppedAt ?? view.asOf) / 1_000_000
        let due = clock.dueAt.map { "  due \($0.rfc3339)" } ?? ""
        let target = clock.target.name.isEmpty ? "" : "  target: \(clock.target.name)"
        let head =
            "  \(clock.measure.rawValue)\(subject(of: clock))  \(clock.state.rawValue)  \(elapsed) of "
            + "\(clock.target.seconds) s\(due)\(target)"
        let segments = clock.segments.map { segment in
            let end = segment.endedAt?.rfc3339 ?? "now"
            let seconds = clock.counted(by: segment, at: view.asOf) / 1_000_000
            let counted = segment.pause.map { "paused: \($0.rawValue)" } ?? "\(seconds) s counted"
            return "    \(segment.startedAt.rfc3339) - \(end)  \(name(of: segment.holder))  "
                + "calendar version \(segment.calendar) "
                + "(\(view.directory.zone(of: segment.calendar) ?? "UTC"))  \(counted)"
        }
        return [head] + segments + ["    sum \(elapsed) s, target \(clock.target.seconds) s\(due)"]
    }

    private func subject(of clock: Clock) -> String {
        switch clock.key.subject {
        case .ticket: ""
        case .team(let team): " of \(view.directory.teams.code(of: team))"
        case .supplier(let supplier): " of \(view.directory.suppliers.code(of: supplier))"
        }
    }

    private func minutes(_ microseconds: Int64) -> String { "\(microseconds / 60_000_000) min" }

    private func zone(of site: SiteID) -> Zone? {
        view.directory.site(site).flatMap { try? zones.zone($0.zone) }
    }

    private func local(_ moment: Moment, _ zone: Zone?) -> String {
        let time = (zone ?? .utc).local(at: moment)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.date.year)-\(two(time.date.month))-\(two(time.date.day)) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }
}

extension TicketView {
    /// Why the ticket is where it is, a line a step, in English.
    public var why: [String] {
        guard let (rule, why) = routing else { return ["no rule has decided about it"] }
        var lines = why.steps.map(\.description) + ["decided by: \(rule)"]
        if let choice = why.choice {
            lines.append(
                "the team was \(choice.isOpen ? "open" : "closed")\(choice.isFull ? " and full" : "")"
                    + (choice.speaks ? ", and speaks the requester's language" : ""))
        }
        if let assignment = why.assignment { lines.append("the person was chosen by: \(assignment.rawValue)") }
        if let version = why.version { lines.append("organisation document, version \(version)") }
        return lines
    }
}
