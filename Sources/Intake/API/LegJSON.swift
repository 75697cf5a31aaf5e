import Desk
import DeskStore
import JSON
import Moments

/// A leg of a ticket as the API tells of it.
struct LegJSON {
    let leg: Leg
    let directory: Directory

    init(_ leg: Leg, in directory: Directory) { (self.leg, self.directory) = (leg, directory) }

    var json: JSON {
        .object([
            "episode": leg.episode, "holder": leg.holder.kind.rawValue,
            "supplier": leg.holder.supplier.map { directory.suppliers.code(of: $0) },
            "site": directory.code(of: leg.place.site), "tier": leg.place.tier,
            "team": directory.teams.code(of: leg.place.team),
            "position": directory.positions.code(of: leg.position), "reason": leg.reason.rawValue,
            "started_at": leg.startedAt, "ended_at": leg.endedAt,
        ])
    }
}
