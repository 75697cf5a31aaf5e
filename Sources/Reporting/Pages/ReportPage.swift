import Catalogue
import DeskWeb
import HTML
import HTTP
import Moments
import TimeZones

/// A report as a page: what is asked, what there is, and how it was counted.
struct ReportPage {
    let manager: Manager
    let request: ReportRequest
    let report: any Report
    let names: Names

    private var wording: Wording { manager.wording }
    private var question: Question { request.question }

    var response: Response {
        let title = wording(report.name.phrase)
        let isFaulty = !request.draft.faults.isEmpty
        let page = Page(
            isFaulty ? wording(.errorTitle, ["title": title]) : title, visit: manager.visit, area: .report, width: .wide
        ) {
            """
            <div class="stack">
            \(fields.summary)
            <div><h1>\(title)</h1><p class="lede">\(question.period.text(wording))</p></div>
            \(others)
            \(form)
            \(content)
            </div>
            """
        }
        return page.response(isFaulty ? .unprocessableContent : .ok)
    }

    /// The way to the other reports on the same days.
    private var others: HTML {
        let links = ReportName.allCases.map { name -> HTML in
            let current: String? = name == report.name ? "page" : nil
            var other = question
            if other.split == report.name.usualSplit { other.split = name.usualSplit }
            let link = name.link(other)
            return "<a href=\"\(link)\"\(attribute: "aria-current", current)>\(wording(name.phrase))</a>"
        }
        return "<nav class=\"tabs\" aria-label=\"\(wording(.reportTitle))\">\(links)</nav>"
    }

    private var fields: FormFields { FormFields(shown, wording, form: "report") }

    /// What was chosen, with the usual where nothing was.
    private var shown: Draft {
        guard request.draft.faults.isEmpty else { return request.draft }
        return Draft([
            "from": question.period.first.description, "to": question.period.last.description,
            "by": question.split.rawValue,
        ])
    }

    private var form: HTML {
        let splits = Split.allCases.map { (value: $0.rawValue, label: wording($0.phrase)) }
        return """
            <form class="filters" method="get" action="\(Link("/reports/\(report.name.rawValue)"))" novalidate>
            \(fields.line("from", wording(.reportFrom), type: "date"))
            \(fields.line("to", wording(.reportTo), type: "date"))
            \(fields.choice("by", wording(.reportSplit), splits))
            <button class="button" type="submit">\(wording(.reportShow))</button>
            </form>
            """
    }

    private var content: HTML {
        let footer: HTML = """
            <p class="muted">\(wording(report.name.explanation))</p>
            <p class="muted">\(wording(.timesIn, ["zone": question.period.zone.name])) \
            \(wording(.reportMadeAt, ["time": wording.dateAndTime(question.now, in: question.period.zone)]))</p>
            """
        if report.isEmpty {
            return """
                <div class="empty"><h2>\(wording(.reportEmpty))</h2><p>\(wording(.reportEmptyText))</p></div>\(footer)
                """
        }
        return """
            \(report.content(names, for: manager))
            <div class="buttons">\(download("csv"))\(download("json"))</div>
            \(footer)
            """
    }

    private func download(_ format: String) -> HTML {
        let link = Link("/reports/\(report.name.rawValue).\(format)").adding(query: question.members)
        return """
            <a class="button button-secondary" href="\(link)" download>\
            \(wording(.download)) (\(format.uppercased()))</a>
            """
    }
}
