import Catalogue
import Desk
import HTML

/// The tables of the report on promises.
struct TargetTables {
    let report: TargetReport
    let names: Names

    private var wording: Wording { names.wording }
    private var parts: TableParts { TableParts(question: report.question, names: names) }

    /// The figures that are looked at first.
    var headline: HTML {
        let shares = [Measure.firstResponse, .resolution, .supplierResolution].map { measure -> HTML in
            let figures = report.total[measure] ?? TargetFigures()
            return parts.figure(
                wording(.measure, measure.rawValue), parts.share(figures.share), .reportMissed,
                wording.number(figures.missed))
        }
        let count = report.returns.reduce(0) { $0 + $1.count }
        let hours = report.returns.reduce(0) { $0 + $1.hours }
        return """
            <div class="figures">
            \(shares)
            \(parts.figure(.reportReturns, wording.number(count), .reportInHours, parts.hours(hours)))
            </div>
            """
    }

    /// How many promises of each measure were kept.
    var measures: HTML? {
        if report.measures.isEmpty { return nil }
        let rows = report.measures.map { measure -> HTML in
            let figures = report.total[measure] ?? TargetFigures()
            return """
                <tr><th scope="row">\(wording(.measure, measure.rawValue))</th>\(cells(figures, measure, .all))\
                \(parts.bar(figures.share ?? 0))</tr>
                """
        }
        let heads = [Catalogue.Phrase.reportMet, .reportMissed, .reportShare].map { parts.head($0) }
        return parts.table(
            wording(.reportAttainment),
            heads: """
                <tr>\(parts.corner(.reportAttainment))\(heads)\
                <th scope="col"><span class="visually-hidden">\(wording(.reportShare))</span></th></tr>
                """, rows: rows)
    }

    /// The same for each group.
    var groups: HTML? {
        if report.measures.isEmpty { return nil }
        let over = report.measures.map { measure -> HTML in
            "<th scope=\"colgroup\" colspan=\"2\" class=\"num\">\(wording(.measure, measure.rawValue))</th>"
        }
        let heads = report.measures.flatMap { _ in [Catalogue.Phrase.reportMissed, .reportShare] }
        return parts.groups(
            "\(wording(.reportAttainment)) – \(wording(report.question.split.phrase))",
            heads: "<tr>\(parts.corner(rows: 2))\(over)</tr><tr>\(heads.map { parts.head($0) })</tr>",
            report.groups.map { ($0.key, $0.figures) }, total: report.total, isWide: true
        ) { figures, group in
            report.measures.map { measure -> HTML in
                let own = figures[measure] ?? TargetFigures()
                let missed = parts.count(own.missed, .missed(measure), group)
                return "\(missed)\(parts.cell(parts.share(own.share)))"
            }.joined()
        }
    }

    private func cells(_ figures: TargetFigures, _ measure: Measure, _ group: Listing.Group) -> HTML {
        """
        \(parts.count(figures.met, .met(measure), group))\(parts.count(figures.missed, .missed(measure), group))\
        \(parts.cell(parts.share(figures.share)))
        """
    }

    /// Which teams gave tickets back to which.
    var returns: HTML? {
        if report.returns.isEmpty { return nil }
        let rows = report.returns.map { loop -> HTML in
            let pair = [(loop.from, loop.fromTier), (loop.to, loop.toTier)].map { team, tier -> HTML in
                "<th scope=\"row\"><bdi>\(names.name(of: team))</bdi></th><td>\(wording(.tier, tier))</td>"
            }
            let times = [loop.wall, loop.wall / Double(max(1, loop.count))].map { parts.cell(parts.duration($0)) }
            return """
                <tr>\(pair)\(parts.count(loop.count, .returned(from: loop.from, to: loop.to), .all))\(times)\
                \(parts.cell(parts.hours(loop.hours)))</tr>
                """
        }
        let heads = [Catalogue.Phrase.reportReturns, .reportOnWall, .reportMean, .reportInHours].map { parts.head($0) }
        return parts.table(
            wording(.reportReturnsTitle),
            heads: """
                <tr><th scope="col">\(wording(.reportReturnedFrom))</th><th scope="col">\(wording(.reportTier))</th>\
                <th scope="col">\(wording(.reportReturnedTo))</th><th scope="col">\(wording(.reportTier))</th>\
                \(heads)</tr>
                """, rows: rows)
    }
}
