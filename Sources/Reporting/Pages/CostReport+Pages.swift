import Catalogue
import Desk
import DeskWeb
import HTML
import JSON

extension CostReport: Report {
    var name: ReportName { .cost }

    func content(_ names: Names, for manager: Manager) -> HTML {
        let tables = CostTables(report: self, names: names)
        return """
            \(tables.headline)
            \(tables.unrated)
            \(tables.work)
            \(tables.parties)
            \(tables.times)
            """
    }

    func members(_ names: Names) -> JSON {
        .object([
            "currency": currency, "total": total.work.json.joined(with: total.times.json),
            "times": times.map { names.json(of: $0.key, in: question.split).joined(with: $0.times.json) },
            "work": work.map { names.json(ofWorkBy: $0.key, in: question.split).joined(with: $0.work.json) },
            "parties": parties.map { party in
                JSON.object([
                    "holder": party.holder.rawValue, "key": names.code(of: party), "name": names.name(of: party),
                    "queue_seconds": party.queue.thousandths, "work_seconds": party.work.thousandths,
                    "hold_seconds": party.hold.thousandths, "wall_seconds": party.wall.thousandths,
                    "hours_seconds": party.hours.thousandths,
                ])
            },
        ])
    }

    /// A line for each group of tickets or of those who worked on them, the last one for all together.
    func csv(_ names: Names) -> CSV {
        let heads = [
            question.split.rawValue, "name", "tickets_worked", "work_seconds", "supplier_seconds", "currency", "cost",
            "cost_not_solved", "unrated_seconds",
        ]
        var csv = CSV(heads + TimeFigures.heads)
        for work in work {
            let times = times.first { $0.key == work.key }?.times ?? TimeFigures()
            let name = names.name(ofWorkBy: work.key, in: question.split)
            csv.append(line(names.code(of: work.key, in: question.split), name, work.work, times))
        }
        for times in times where !work.contains(where: { $0.key == times.key }) {
            let name = names.name(of: times.key, in: question.split)
            csv.append(line(names.code(of: times.key, in: question.split), name, WorkFigures(), times.times))
        }
        csv.append(line(nil, names.wording(.reportTotal), total.work, total.times))
        return csv
    }

    private func line(_ code: String?, _ name: String, _ work: WorkFigures, _ times: TimeFigures) -> [String] {
        [
            code ?? "", name, String(work.tickets), "\(work.own.thousandths)", "\(work.suppliers.thousandths)",
            currency ?? "", "\(Double(work.cost) / 100)", "\(Double(work.lost) / 100)", "\(work.unrated.thousandths)",
        ] + times.cells
    }
}

extension WorkFigures {
    var json: JSON {
        .object([
            "tickets_worked": tickets, "work_seconds": own.thousandths, "supplier_seconds": suppliers.thousandths,
            "cost": Double(cost) / 100, "cost_not_solved": Double(lost) / 100, "unrated_seconds": unrated.thousandths,
        ])
    }
}

extension TimeFigures {
    private static let parts: [(name: String, clocked: any KeyPath<TimeFigures, Clocked> & Sendable)] = [
        ("response", \.response), ("service", \.service), ("through", \.through),
    ]

    var json: JSON {
        .object(
            JSONObject(
                Self.parts.map { name, part in (name, self[keyPath: part].json) }))
    }

    static var heads: [String] {
        parts.flatMap { Clocked.heads($0.name) }
    }

    var cells: [String] {
        Self.parts.flatMap { self[keyPath: $0.clocked].cells }
    }
}
