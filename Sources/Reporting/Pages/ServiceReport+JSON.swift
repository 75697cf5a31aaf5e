import Desk
import JSON
import Moments
import TimeZones

extension ServiceReport {
    /// The whole report for programs. Durations are in seconds, shares parts of one.
    func json(_ names: Names) -> JSON {
        .object([
            "report": "service", "from": question.period.first.description, "to": question.period.last.description,
            "zone": question.period.zone.name, "counted_until": question.until.rfc3339,
            "by": question.split.rawValue,
            "total": Self.json(total),
            "groups": groups.map { group in
                var json: JSON = .object([
                    "key": names.code(of: group.key, in: question.split),
                    "name": names.name(of: group.key, in: question.split),
                ])
                if case .object(var object) = json, case .object(let figures) = Self.json(group.figures) {
                    for member in figures.members { object[member.name] = member.value }
                    json = .object(object)
                }
                return json
            },
            "held": held.map { held in
                JSON.object([
                    "holder": held.holder.rawValue, "key": names.code(of: held), "name": names.name(of: held),
                    "seconds": Self.rounded(held.seconds),
                ])
            },
            "days": columns.map { column in
                JSON.object([
                    "from": column.day.description, "opened": column.opened, "resolved": column.resolved,
                ])
            },
        ])
    }

    private static func json(_ figures: ServiceFigures) -> JSON {
        .object([
            "opened": figures.opened, "resolved": figures.resolved, "open": figures.open,
            "response": json(figures.response), "resolution": json(figures.resolution),
            "first_level_share": rounded(figures.firstLevelShare), "reopened_share": rounded(figures.reopenedShare),
        ])
    }

    private static func json(_ spread: Spread) -> JSON {
        .object([
            "count": spread.count, "median_seconds": rounded(spread.median), "p90_seconds": rounded(spread.ninety),
            "mean_seconds": rounded(spread.mean),
        ])
    }

    /// To thousandths: what is finer says nothing.
    static func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1000).rounded() / 1000 } }
}
