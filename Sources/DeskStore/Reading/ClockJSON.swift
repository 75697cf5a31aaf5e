public import Desk
public import JSON
public import Moments

/// A clock of a ticket with the arithmetic of every stretch of it, in seconds of working time, as the API and the
/// command line tell of it.
public struct ClockJSON {
    private let clock: Clock
    private let asOf: Moment
    private let directory: Directory

    public init(_ clock: Clock, asOf: Moment, in directory: Directory) {
        (self.clock, self.asOf, self.directory) = (clock, asOf, directory)
    }

    public var json: JSON {
        .object([
            "measure": clock.measure.rawValue, "about": clock.key.subject.kind.rawValue,
            "team": team.map { directory.teams.code(of: $0) },
            "supplier": clock.key.subject.supplier.map { directory.suppliers.code(of: $0) },
            "target": clock.target.name, "episode": clock.episode, "state": clock.state.rawValue,
            "promised_at": clock.promised, "warning_percents": clock.target.warningPercents,
            "target_seconds": clock.target.seconds, "elapsed_seconds": clock.elapsed(at: asOf) / 1_000_000,
            "remaining_seconds": clock.remaining(at: asOf) / 1_000_000, "started_at": clock.startedAt,
            "stopped_at": clock.stoppedAt, "due_at": clock.dueAt, "as_of": asOf,
            "segments": clock.segments.map(segment),
        ])
    }

    private var team: TeamID? {
        if case .team(let team) = clock.key.subject { team } else { nil }
    }

    private func segment(_ segment: ClockSegment) -> JSON {
        var holder = JSONObject([("holder", segment.holder.kind.rawValue.json)])
        switch segment.holder {
        case .team(let place):
            holder["site"] = directory.code(of: place.site).json
            holder["tier"] = place.tier.json
            holder["team"] = directory.teams.code(of: place.team).json
        case .supplier(let supplier): holder["supplier"] = directory.suppliers.code(of: supplier).json
        case .requester: break
        }
        holder["started_at"] = segment.startedAt.json
        holder["ended_at"] = segment.endedAt.json
        holder["calendar"] = directory.calendar(of: segment.calendar)?.json
        holder["calendar_version"] = segment.calendar.json
        holder["zone"] = directory.zone(of: segment.calendar)?.json
        holder["counting"] = segment.isCounting.json
        holder["pause"] = segment.pause?.rawValue.json ?? .null
        holder["seconds"] = (clock.counted(by: segment, at: asOf) / 1_000_000).json
        return .object(holder)
    }
}
