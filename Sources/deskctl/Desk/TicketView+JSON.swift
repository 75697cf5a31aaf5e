import Administration
import Desk
import DeskStore
import JSON
import Moments

extension TicketView {
    /// The ticket, its legs, clocks and events for programs that read deskctl.
    var json: JSON {
        .object([
            "number": ticket.number.description, "subject": record.subject, "state": ticket.state.rawValue,
            "outcome": ticket.outcome?.rawValue, "priority": ticket.classification.priority.rawValue,
            "priority_basis": ticket.classification.basis.rawValue, "priority_reason": priorityReason,
            "tags": ticket.classification.tags,
            "opened_at": ticket.times.opened.rfc3339, "closed_at": ticket.times.closed?.rfc3339, "why": why,
            "entries": JSON.array(
                entries.map {
                    .object([
                        "at": $0.at.rfc3339, "author": $0.authorName, "visibility": $0.visibility.rawValue,
                        "text": $0.text,
                    ])
                }),
            "legs": JSON.array(legs.map(json)), "returns": JSON.array(legs.returns(asOf: asOf).map(json)),
            "clocks": JSON.array(clocks.map { json($0.clock) }),
            "events": JSON.array(
                log.map { .object(["at": $0.recorded.at.rfc3339, "kind": $0.recorded.event.kind.rawValue]) }),
        ])
    }

    private func json(_ leg: Leg) -> JSON {
        .object([
            "episode": leg.episode, "holder": leg.holder.kind.rawValue, "site": directory.code(of: leg.place.site),
            "zone": directory.site(leg.place.site)?.zone, "tier": leg.place.tier,
            "team": directory.teams.code(of: leg.place.team),
            "supplier": leg.holder.supplier.map { directory.suppliers.code(of: $0) },
            "position": directory.positions.code(of: leg.position), "started_at": leg.startedAt.rfc3339,
            "ended_at": leg.endedAt?.rfc3339, "reason": leg.reason.rawValue,
        ])
    }

    private func json(_ loop: ReturnLoop) -> JSON {
        .object([
            "from": directory.teams.code(of: loop.from.team), "to": directory.teams.code(of: loop.place.team),
            "started_at": loop.startedAt.rfc3339, "ended_at": loop.endedAt?.rfc3339,
            "seconds": JSON.object(
                JSONObject(
                    loop.held.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                        ($0.key.rawValue, Int($0.value.components.seconds).json)
                    })),
        ])
    }

    private func json(_ clock: Clock) -> JSON {
        let segments = clock.segments.map { segment in
            JSON.object([
                "started_at": segment.startedAt.rfc3339, "ended_at": segment.endedAt?.rfc3339,
                "holder": segment.holder.kind.rawValue, "calendar_version": Int(segment.calendar.rawValue),
                "pause": segment.pause?.rawValue, "seconds": Int(segment.microseconds / 1_000_000),
            ])
        }
        return .object([
            "measure": clock.measure.rawValue, "state": clock.state.rawValue, "seconds": Int(clock.target.seconds),
            "elapsed": Int(clock.elapsed(at: clock.stoppedAt ?? asOf) / 1_000_000), "due_at": clock.dueAt?.rfc3339,
            "segments": JSON.array(segments),
        ])
    }
}

extension TicketSummary {
    var json: JSON {
        .object([
            "number": ticket.number.description, "state": ticket.state.rawValue, "subject": record.subject,
            "priority": ticket.classification.priority.rawValue, "opened_at": ticket.times.opened.rfc3339,
            "requester": requesterAddress,
        ])
    }
}
