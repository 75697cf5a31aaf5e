import Catalogue
import Desk
import HTML

/// The tables of the service report.
struct ServiceTables {
    let report: ServiceReport
    let names: Names

    private var wording: Wording { names.wording }

    /// A line for each group and one for all.
    var groups: HTML {
        let title = wording(report.question.split.phrase)
        let rows = report.groups.map { group in
            row(names.name(of: group.key, in: report.question.split), group.figures, .one(group.key))
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(title)"><table class="table">\
            <caption>\(title)</caption>\(heads(title))<tbody>\(rows)</tbody>\
            <tfoot>\(row(wording(.reportTotal), report.total, .all))</tfoot></table></div>
            """
    }

    /// Two lines of headings, so that the table is no wider than a window.
    private func heads(_ title: String) -> HTML {
        func count(_ phrase: Catalogue.Phrase) -> HTML {
            "<th scope=\"col\" rowspan=\"2\" class=\"num\">\(wording(phrase))</th>"
        }
        func group(_ phrase: Catalogue.Phrase, of columns: Int) -> HTML {
            "<th scope=\"colgroup\" colspan=\"\(columns)\" class=\"num\">\(wording(phrase))</th>"
        }
        let columns = [
            wording(.reportMedian), wording(.reportNinety), wording(.reportMedian), wording(.reportNinety),
            wording(.reportMean), wording(.tier, 1), wording(.reportReopened),
        ].map { "<th scope=\"col\" class=\"num\">\($0)</th>" as HTML }
        return """
            <thead><tr><th scope="col" rowspan="2"><span class="visually-hidden">\(title)</span></th>\
            \(count(.reportOpened))\(count(.reportResolved))\(count(.reportOpen))\(group(.reportResponse, of: 2))\
            \(group(.reportResolution, of: 3))\(group(.reportShare, of: 2))</tr><tr>\(columns)</tr></thead>
            """
    }

    /// What the two shares mean, whose headings are short.
    var notes: HTML {
        let firstLine = wording(.labelled, ["label": wording(.tier, 1), "value": wording(.reportFirstLevel)])
        let reopened = wording(.labelled, ["label": wording(.reportReopened), "value": wording(.reportReopenedShare)])
        return "<p class=\"muted\">\(firstLine). \(reopened).</p>"
    }

    private func row(_ name: String, _ figures: ServiceFigures, _ group: Listing.Group) -> HTML {
        let counts = [
            count(figures.opened, .opened, group), count(figures.resolved, .resolved, group),
            count(figures.open, .open, group),
        ]
        let cells = [
            duration(figures.response.median), duration(figures.response.ninety), duration(figures.resolution.median),
            duration(figures.resolution.ninety), duration(figures.resolution.mean), share(figures.firstLevelShare),
            share(figures.reopenedShare),
        ].map { "<td class=\"num\">\($0)</td>" as HTML }
        return "<tr><th scope=\"row\"><bdi>\(name)</bdi></th>\(counts)\(cells)</tr>"
    }

    /// A number that leads to the tickets behind it.
    private func count(_ number: Int, _ count: Listing.Count, _ group: Listing.Group) -> HTML {
        if number == 0 { return "<td class=\"num\">\(wording.number(number))</td>" }
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
