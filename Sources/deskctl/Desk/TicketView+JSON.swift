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
            "clocks": JSON.array(clocks.map { ClockJSON($0.clock, asOf: asOf, in: directory).json }),
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
