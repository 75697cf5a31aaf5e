import Catalogue
import Desk
import HTML

/// The tables of the service report.
struct ServiceTables {
    let report: ServiceReport
    let names: Names

    private var wording: Wording { names.wording }
    private var parts: TableParts { TableParts(question: report.question, names: names) }
    private var groups: [(key: String?, figures: ServiceFigures)] { report.groups.map { ($0.key, $0.figures) } }

    /// How much there was, with a line for each group and one for all.
    var counts: HTML {
        let heads = [
            Catalogue.Phrase.reportOpened, .reportResolved, .reportOpen, .reportFirstLevel, .reportReopenedShare,
        ]
        return parts.groups(
            wording(report.question.split.phrase), heads: "<tr>\(parts.corner())\(heads.map { parts.head($0) })</tr>",
            groups, total: report.total
        ) { figures, group in
            let shares = [figures.firstLevelShare, figures.reopenedShare].map { parts.cell(parts.share($0)) }
            return """
                \(parts.count(figures.opened, .opened, group))\(parts.count(figures.resolved, .resolved, group))\
                \(parts.count(figures.open, .open, group))\(shares)
                """
        }
    }

    /// How long it took, with a line for each group and one for all.
    var times: HTML {
        let heads = [
            Catalogue.Phrase.reportMedian, .reportNinety, .reportMean, .reportMedian, .reportNinety, .reportMean,
        ]
        return parts.groups(
            "\(wording(.reportResponse)) – \(wording(.reportResolution))",
            heads: """
                <tr>\(parts.corner(rows: 2))\(parts.head(.reportResponse, of: 3))\
                \(parts.head(.reportResolution, of: 3))</tr><tr>\(heads.map { parts.head($0) })</tr>
                """, groups, total: report.total
        ) { figures, _ in
            [figures.response, figures.resolution].flatMap { [$0.median, $0.ninety, $0.mean] }
                .map { parts.cell(parts.duration($0)) }.joined()
        }
    }

    /// Where tickets spent their time, the longest first.
    var held: HTML? {
        if report.held.isEmpty { return nil }
        let all = report.held.reduce(0) { $0 + $1.seconds }
        let rows = report.held.map { held -> HTML in
            let part = all > 0 ? held.seconds / all : 0
            return """
                <tr><th scope="row"><bdi>\(names.name(of: held))</bdi></th>\
                <td>\(wording(.holder, held.holder.rawValue))</td>\
                \(parts.cell(parts.duration(held.seconds)))\(parts.cell(wording.percent(part)))\(parts.bar(part))</tr>
                """
        }
        return parts.table(
            wording(.reportChartHeld),
            heads: """
                <tr><th scope="col">\(wording(.reportHeld))</th>\
                <th scope="col">\(wording(.columnHolder))</th>\(parts.head(.reportTime))\(parts.head(.reportShare))\
                <th scope="col"><span class="visually-hidden">\(wording(.reportShare))</span></th></tr>
                """, rows: rows)
    }

    /// The figures that are looked at first.
    var headline: HTML {
        let total = report.total
        let firstLevel = parts.share(total.firstLevelShare)
        return """
            <div class="figures">
            \(parts.figure(.reportOpened, wording.number(total.opened)))
            \(parts.figure(.reportResolved, wording.number(total.resolved), .reportFirstLevel, firstLevel))
            \(parts.figure(.reportOpen, wording.number(total.open)))
            \(parts.figure(.reportResponse, total.response))
            \(parts.figure(.reportResolution, total.resolution))
            </div>
            """
    }
}
