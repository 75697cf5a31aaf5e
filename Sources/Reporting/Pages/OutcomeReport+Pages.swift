import Catalogue
import Desk
import DeskWeb
import Foundation
import HTML
import JSON

extension OutcomeReport: Report {
    var name: ReportName { .outcomes }

    func content(_ names: Names, for manager: Manager) -> HTML {
        let tables = OutcomeTables(report: self, names: names)
        return """
            \(tables.headline)
            \(tables.outcomeTable)
            \(tables.groups)
            \(tables.knowledge)
            \(tables.articles(manager))
            """
    }

    func members(_ names: Names) -> JSON {
        .object([
            "currency": currency, "total": total.json,
            "outcomes": Ticket.Outcome.allCases.filter { total.counts[$0] != nil }.map { outcome in
                let work = work[outcome] ?? WorkFigures()
                return JSON.object([
                    "outcome": outcome.rawValue, "tickets": total.counts[outcome],
                    "work_seconds": work.own.thousandths, "supplier_seconds": work.suppliers.thousandths,
                    "cost": Double(work.cost) / 100,
                ])
            },
            "groups": groups.map { names.json(of: $0.key, in: question.split).joined(with: $0.figures.json) },
            "articles": articles.map { article in
                JSON.object([
                    "id": article.uuid?.uuidString.lowercased(), "title": article.title, "solved": article.solved,
                    "offered": article.offered, "self_served": article.selfServed,
                ])
            },
        ])
    }

    func csv(_ names: Names) -> CSV {
        var csv = CSV(
            [question.split.rawValue, "name"] + Ticket.Outcome.allCases.map(\.rawValue)
                + KnowledgeGain.allCases.map { "knowledge_\($0.rawValue)" })
        for group in groups {
            let code = names.code(of: group.key, in: question.split) ?? ""
            csv.append([code, names.name(of: group.key, in: question.split)] + group.figures.cells)
        }
        csv.append(["", names.wording(.reportTotal)] + total.cells)
        return csv
    }
}

extension OutcomeFigures {
    fileprivate var json: JSON {
        .object([
            "resolved": total,
            "outcomes": JSONObject(Ticket.Outcome.allCases.map { ($0.rawValue, (counts[$0] ?? 0).json) }),
            "knowledge": JSONObject(KnowledgeGain.allCases.map { ($0.rawValue, (knowledge[$0] ?? 0).json) }),
        ])
    }

    fileprivate var cells: [String] {
        Ticket.Outcome.allCases.map { String(counts[$0] ?? 0) }
            + KnowledgeGain.allCases.map { String(knowledge[$0] ?? 0) }
    }
}
