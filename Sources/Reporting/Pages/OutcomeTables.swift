import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

/// The tables of the report on outcomes.
struct OutcomeTables {
    let report: OutcomeReport
    let names: Names

    private var wording: Wording { names.wording }
    private var parts: TableParts { TableParts(question: report.question, names: names) }
    private var total: OutcomeFigures { report.total }
    private var outcomes: [Ticket.Outcome] { Ticket.Outcome.allCases.filter { total.counts[$0] != nil } }

    /// The figures that are looked at first.
    var headline: HTML {
        let lost = Ticket.Outcome.lost.reduce(0) { $0 + (total.counts[$1] ?? 0) }
        let cost = Ticket.Outcome.lost.reduce(0) { $0 + (report.work[$1]?.cost ?? 0) }
        let reused = total.knowledge[.article] ?? 0
        let drafts = total.knowledge[.draft] ?? 0
        return """
            <div class="figures">
            \(parts.figure(.reportResolved, wording.number(total.total)))
            \(parts.figure(.reportLost, wording.number(lost), .reportCost, names.money(Double(cost), report.currency)))
            \(parts.figure(.reportReused, wording.number(reused), .reportShare, parts.share(total.reuseShare)))
            \(parts.figure(.reportDrafted, wording.number(drafts)))
            </div>
            """
    }

    /// How many tickets ended how, and what these cost.
    var outcomeTable: HTML? {
        if outcomes.isEmpty { return nil }
        let rows = outcomes.map { outcome -> HTML in
            let count = total.counts[outcome] ?? 0
            let work = report.work[outcome] ?? WorkFigures()
            let part = Double(count) / Double(max(1, total.total))
            let cells = [parts.hours(work.own), names.money(Double(work.cost), report.currency)].map(parts.cell)
            return """
                <tr><th scope="row">\(wording(.outcome, outcome.rawValue))</th>\
                \(parts.count(count, .outcome(outcome), .all))\(parts.cell(wording.percent(part)))\(parts.bar(part))\
                \(cells)</tr>
                """
        }
        let sums = report.work.values.reduce(into: WorkFigures()) { sum, work in
            sum.own += work.own
            sum.cost += work.cost
        }
        return parts.table(
            wording(.reportOutcomes),
            heads: """
                <tr>\(parts.corner(.fieldOutcome))\(parts.head(.reportTickets))\(parts.head(.reportShare))\
                <th scope="col"><span class="visually-hidden">\(wording(.reportShare))</span></th>\
                \(parts.head(.reportWork))\(parts.head(.reportCost))</tr>
                """, rows: rows,
            total: """
                \(parts.count(total.total, .resolved, .all))<td></td><td></td>\(parts.cell(parts.hours(sums.own)))\
                \(parts.cell(names.money(Double(sums.cost), report.currency)))
                """)
    }

    /// The same for each group.
    var groups: HTML? {
        if outcomes.isEmpty { return nil }
        let heads = outcomes.map { "<th scope=\"col\" class=\"num\">\(wording(.outcome, $0.rawValue))</th>" as HTML }
        return parts.groups(
            "\(wording(.reportOutcomes)) – \(wording(report.question.split.phrase))",
            heads: "<tr>\(parts.corner())\(heads)</tr>", report.groups.map { ($0.key, $0.figures) }, total: total
        ) { figures, group in
            outcomes.map { parts.count(figures.counts[$0] ?? 0, .outcome($0), group) }.joined()
        }
    }

    /// What solutions gave to the knowledge of the desk.
    var knowledge: HTML? {
        if total.solutions == 0 { return nil }
        let heads = [Catalogue.Phrase.reportReused, .reportShare, .reportDrafted, .reportNoKnowledge]
        return parts.groups(
            wording(.reportKnowledge), heads: "<tr>\(parts.corner())\(heads.map { parts.head($0) })</tr>",
            report.groups.filter { $0.figures.solutions > 0 }.map { ($0.key, $0.figures) }, total: total
        ) { figures, group in
            func count(_ gain: KnowledgeGain) -> HTML {
                parts.count(figures.knowledge[gain] ?? 0, .knowledge(gain), group)
            }
            return "\(count(.article))\(parts.cell(parts.share(figures.reuseShare)))\(count(.draft))\(count(.nothing))"
        }
    }

    /// The articles that were of most use; each leads to itself for whoever works in the workspace.
    func articles(_ manager: Manager) -> HTML? {
        if report.articles.isEmpty { return nil }
        let mayLook = Agent.includes(manager.rights)
        let rows = report.articles.map { article -> HTML in
            let title = article.title ?? wording(.reportArticleWithheld)
            let link = article.uuid.flatMap { uuid in
                mayLook ? manager.visit.website.absolute("/desk/articles/\(uuid.uuidString.lowercased())") : nil
            }
            let name: HTML = link.map { "<a href=\"\($0)\">\(title)</a>" } ?? "\(title)"
            let uses = [article.solved, article.offered, article.selfServed]
            return """
                <tr><th scope="row"><bdi>\(name)</bdi></th>\(uses.map { parts.cell(wording.number($0)) })</tr>
                """
        }
        let heads = [Catalogue.Phrase.articleUseSolved, .articleUseOffered, .articleUseSelfServed]
        return parts.table(
            wording(.reportArticles),
            heads: "<tr><th scope=\"col\">\(wording(.reportArticle))</th>\(heads.map { parts.head($0) })</tr>",
            rows: rows)
    }
}
