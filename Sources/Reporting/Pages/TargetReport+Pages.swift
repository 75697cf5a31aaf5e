import Catalogue
import Desk
import DeskWeb
import HTML
import JSON

extension TargetReport: Report {
    var name: ReportName { .targets }

    func content(_ names: Names, for manager: Manager) -> HTML {
        let tables = TargetTables(report: self, names: names)
        return "\(tables.headline)\(tables.measures)\(tables.groups)\(tables.returns)"
    }

    func members(_ names: Names) -> JSON {
        .object([
            "targets": measures.map { measure in
                let own = (total[measure] ?? TargetFigures()).json
                let groups = groups.compactMap { group in
                    group.figures[measure].map { names.json(of: group.key, in: question.split).joined(with: $0.json) }
                }
                return JSON.object(["measure": measure.rawValue]).joined(with: own)
                    .joined(with: .object(["groups": groups]))
            },
            "returns": returns.map { loop in
                JSON.object([
                    "from_team": names.code(of: loop.from), "from_tier": loop.fromTier,
                    "to_team": names.code(of: loop.to), "to_tier": loop.toTier, "count": loop.count,
                    "wall_seconds": loop.wall.thousandths, "hours_seconds": loop.hours.thousandths,
                ])
            },
        ])
    }

    /// A line for each measure of each group, and at the end those of all.
    func csv(_ names: Names) -> CSV {
        var csv = CSV([question.split.rawValue, "name", "measure", "met", "missed", "share"])
        for group in groups {
            let code = names.code(of: group.key, in: question.split) ?? ""
            add(group.figures, [code, names.name(of: group.key, in: question.split)], to: &csv)
        }
        add(total, ["", names.wording(.reportTotal)], to: &csv)
        return csv
    }

    private func add(_ figures: [Measure: TargetFigures], _ name: [String], to csv: inout CSV) {
        for measure in measures {
            guard let own = figures[measure] else { continue }
            csv.append(name + [measure.rawValue] + own.cells)
        }
    }
}
