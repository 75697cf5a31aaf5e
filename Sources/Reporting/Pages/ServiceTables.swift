import Catalogue
import Desk
import HTML

/// The tables of the service report.
struct ServiceTables {
    let report: ServiceReport
    let names: Names

    private var wording: Wording { names.wording }

    /// How much there was, with a line for each group and one for all.
    var counts: HTML {
        let heads = [
            Catalogue.Phrase.reportOpened, .reportResolved, .reportOpen, .reportFirstLevel, .reportReopenedShare,
        ]
        return table(
            wording(report.question.split.phrase), heads: "<tr>\(corner())\(heads.map { head($0) })</tr>"
        ) { figures, group in
            let shares = [figures.firstLevelShare, figures.reopenedShare].map { cell(share($0)) }
            return """
                \(count(figures.opened, .opened, group))\(count(figures.resolved, .resolved, group))\
                \(count(figures.open, .open, group))\(shares)
                """
        }
    }

    /// How long it took, with a line for each group and one for all.
    var times: HTML {
        let heads = [
            Catalogue.Phrase.reportMedian, .reportNinety, .reportMean, .reportMedian, .reportNinety, .reportMean,
        ]
        let title = "\(wording(.reportResponse)) – \(wording(.reportResolution))"
        return table(
            title,
            heads: """
                <tr>\(corner(rows: 2))\(head(.reportResponse, of: 3))\(head(.reportResolution, of: 3))</tr>\
                <tr>\(heads.map { head($0) })</tr>
                """
        ) { figures, _ in
            [figures.response, figures.resolution].flatMap { [$0.median, $0.ninety, $0.mean] }
                .map { cell(duration($0)) }.joined()
        }
    }

    private func table(
        _ title: String, heads: HTML, cells: (ServiceFigures, Listing.Group) -> HTML
    ) -> HTML {
        let rows = report.groups.map { group -> HTML in
            let name = names.name(of: group.key, in: report.question.split)
            return "<tr><th scope=\"row\"><bdi>\(name)</bdi></th>\(cells(group.figures, .one(group.key)))</tr>"
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(title)"><table class="table">\
            <caption>\(title)</caption><thead>\(heads)</thead><tbody>\(rows)</tbody><tfoot><tr>\
            <th scope="row">\(wording(.reportTotal))</th>\(cells(report.total, .all))</tr></tfoot></table></div>
            """
    }

    /// The heading above the names of the groups, which the caption says already.
    private func corner(rows: Int = 1) -> HTML {
        """
        <th scope="col" rowspan="\(rows)"><span class="visually-hidden">\
        \(wording(report.question.split.phrase))</span></th>
        """
    }

    private func head(_ phrase: Catalogue.Phrase) -> HTML { "<th scope=\"col\" class=\"num\">\(wording(phrase))</th>" }

    /// A heading over several columns.
    private func head(_ phrase: Catalogue.Phrase, of columns: Int) -> HTML {
        "<th scope=\"colgroup\" colspan=\"\(columns)\" class=\"num\">\(wording(phrase))</th>"
    }

    private func cell(_ text: String) -> HTML { "<td class=\"num\">\(text)</td>" }

    /// A number that leads to the tickets behind it.
    private func count(_ number: Int, _ count: Listing.Count, _ group: Listing.Group) -> HTML {
        if number == 0 { return cell(wording.number(number)) }
        let listing = Listing(question: report.question, count: count, group: group)
        return "<td class=\"num\"><a href=\"\(listing.link)\">\(wording.number(number))</a></td>"
    }

    /// Where tickets spent their time, the longest first.
    var held: HTML? {
        if report.held.isEmpty { return nil }
        let title = wording(.reportChartHeld)
        let all = report.held.reduce(0) { $0 + $1.seconds }
        let rows = report.held.map { held -> HTML in
            let part = all > 0 ? held.seconds / all : 0
            return """
                <tr><th scope="row"><bdi>\(names.name(of: held))</bdi></th>\
                <td>\(wording(.holder, held.holder.rawValue))</td>\
                <td class="num">\(duration(held.seconds))</td><td class="num">\(wording.percent(part))</td>\
                <td><svg class="bar-cell" aria-hidden="true">\
                <rect class="bar-1" width="\(DaysChart.percent(part * 100))" height="12"/></svg></td></tr>
                """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(title)"><table class="table">\
            <caption>\(title)</caption><thead><tr><th scope="col">\(wording(.reportHeld))</th>\
            <th scope="col">\(wording(.columnHolder))</th><th scope="col" class="num">\(wording(.reportTime))</th>\
            <th scope="col" class="num">\(wording(.reportShare))</th>\
            <th scope="col"><span class="visually-hidden">\(wording(.reportShare))</span></th></tr></thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// The figures that are looked at first.
    var headline: HTML {
        let total = report.total
        return """
            <div class="figures">
            \(figure(.reportOpened, wording.number(total.opened)))
            \(figure(.reportResolved, wording.number(total.resolved), .reportFirstLevel, share(total.firstLevelShare)))
            \(figure(.reportOpen, wording.number(total.open)))
            \(figure(.reportResponse, total.response))
            \(figure(.reportResolution, total.resolution))
            </div>
            """
    }

    private func figure(_ label: Catalogue.Phrase, _ spread: Spread) -> HTML {
        figure(label, duration(spread.median), .reportNinety, duration(spread.ninety))
    }

    private func figure(
        _ label: Catalogue.Phrase, _ value: String, _ other: Catalogue.Phrase? = nil, _ otherValue: String = ""
    ) -> HTML {
        let note: HTML? = other.map {
            "<span class=\"figure-note\">\(wording(.labelled, ["label": wording($0), "value": otherValue]))</span>"
        }
        return """
            <div class="figure"><span class="figure-label">\(wording(label))</span>\
            <span class="figure-value">\(value)</span>\(note)</div>
            """
    }

    private func duration(_ seconds: Double?) -> String {
        seconds.map { wording.duration(.seconds(Int64($0.rounded()))) } ?? "–"
    }

    private func share(_ share: Double?) -> String { share.map { wording.percent($0) } ?? "–" }
}
