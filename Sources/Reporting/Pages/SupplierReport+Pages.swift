import Catalogue
import DeskWeb
import HTML
import JSON
import TimeZones

extension SupplierReport: Report {
    var name: ReportName { .suppliers }

    func content(_ names: Names, for manager: Manager) -> HTML {
        let tables = SupplierTables(report: self, names: names)
        return "\(tables.headline)\(tables.groups)\(tables.contracts)\(tables.months)"
    }

    func members(_ names: Names) -> JSON {
        .object([
            "total": total.json,
            "groups": groups.map { group in
                names.json(of: group.key, in: question.split).joined(with: group.figures.json).joined(
                    with: .object([
                        "months": group.months.map { month in
                            JSON.object(["month": month.word]).joined(with: month.figures.happened)
                        }
                    ]))
            },
        ])
    }

    /// A line for each group, one for each of its months, and at the end those of all. What suppliers have stands in
    /// the lines of the whole period alone.
    func csv(_ names: Names) -> CSV {
        var csv = CSV([question.split.rawValue, "name", "month"] + SupplierFigures.heads)
        for group in groups {
            let code = names.code(of: group.key, in: question.split) ?? ""
            let name = names.name(of: group.key, in: question.split)
            csv.append([code, name, ""] + group.figures.cells + group.figures.heldCells)
            for month in group.months {
                csv.append([code, name, month.word] + month.figures.cells + ["", "", ""])
            }
        }
        csv.append(["", names.wording(.reportTotal), ""] + total.cells + total.heldCells)
        return csv
    }
}

extension SupplierReport.Month {
    /// As programs write it: 2026-03.
    fileprivate var word: String { String(first.description.dropLast(3)) }
}

extension SupplierFigures {
    fileprivate var json: JSON {
        happened.joined(
            with: .object([
                "held": held, "oldest_seconds": oldest?.thousandths, "median_age_seconds": medianAge?.thousandths,
            ]))
    }

    /// What happened, without what they have.
    fileprivate var happened: JSON {
        .object([
            "referred": referred, "again": again, "acknowledgement": acknowledgement.json,
            "acknowledged_in_time": acknowledgedInTime.json, "solution": solution.json,
            "solved_in_time": solvedInTime.json, "returned": returned, "withdrawn": withdrawn,
        ])
    }

    fileprivate static var heads: [String] {
        ["referred", "again"] + Clocked.heads("acknowledgement") + TargetFigures.heads("acknowledged")
            + Clocked.heads("solution") + TargetFigures.heads("solved")
            + ["returned", "withdrawn", "held", "oldest_seconds", "median_age_seconds"]
    }

    fileprivate var cells: [String] {
        [String(referred), String(again)] + acknowledgement.cells + acknowledgedInTime.cells + solution.cells
            + solvedInTime.cells + [String(returned), String(withdrawn)]
    }

    fileprivate var heldCells: [String] { [String(held), oldest.cell, medianAge.cell] }
}
