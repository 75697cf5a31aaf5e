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
        lines += ["", "Clocks"]
        for clock in view.clocks { lines += self.lines(of: clock.clock) }
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

    private func holder(of leg: Leg) -> String {
        let directory = view.directory
        switch leg.holder {
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
        let head =
            "  \(clock.measure.rawValue)  \(clock.state.rawValue)  \(elapsed) of \(clock.target.seconds) s\(due)"
        let segments = clock.segments.map { segment in
            let end = segment.endedAt?.rfc3339 ?? "now"
            let counted =
                segment.pause.map { "paused: \($0.rawValue)" } ?? "\(segment.microseconds / 1_000_000) s counted"
            return "    \(segment.startedAt.rfc3339) - \(end)  \(segment.holder.kind.rawValue)  "
                + "calendar version \(segment.calendar)  \(counted)"
        }
        return [head] + segments
    }

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
