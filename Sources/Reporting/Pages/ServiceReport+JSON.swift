import Desk
import JSON
import Moments
import TimeZones

extension ServiceReport {
    func members(_ names: Names) -> JSON {
        .object([
            "total": Self.json(total),
            "groups": groups.map { group in
                names.json(of: group.key, in: question.split).joined(with: Self.json(group.figures))
            },
            "held": held.map { held in
                JSON.object([
                    "holder": held.holder.rawValue, "key": names.code(of: held), "name": names.name(of: held),
                    "seconds": held.seconds.thousandths,
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
            "response": figures.response.json, "resolution": figures.resolution.json,
            "first_level_share": figures.firstLevelShare?.thousandths,
            "reopened_share": figures.reopenedShare?.thousandths,
        ])
    }
}
