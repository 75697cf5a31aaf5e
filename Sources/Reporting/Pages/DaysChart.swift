import Catalogue
import HTML
import TimeZones

/// What was opened and what was resolved, side by side for each day; beneath it the same figures as a table.
struct DaysChart {
    let columns: [ChartColumn]
    let wording: Wording

    /// The height of the tallest bar, and the room above and below it, in pixels.
    private static let height = 160
    private static let above = 12
    private static let below = 24

    var html: HTML {
        let title = wording(.reportChartDays)
        let floor = Self.above + Self.height
        return """
            <figure class="chart"><figcaption>\(title)</figcaption>
            <svg role="img" aria-label="\(title)" height="\(floor + Self.below)">
            \(gridlines)\(columns.indices.map(bars))
            <line class="axis" x1="0" x2="100%" y1="\(floor)" y2="\(floor)"/>
            </svg>
            <ul class="legend">\(series(1, .reportOpened))\(series(2, .reportResolved))</ul>
            <details><summary>\(wording(.reportChartTable))</summary>\(table)</details>
            </figure>
            """
    }

    /// The top of the scale: a number that is easy to read, at least as large as the largest figure.
    private var top: Int {
        let most = max(1, columns.map { max($0.opened, $0.resolved) }.max() ?? 1)
        var unit = 1
        while unit * 10 < most { unit *= 10 }
        return [1, 2, 5, 10].map { $0 * unit }.first { $0 >= most } ?? most
    }

    private var gridlines: HTML {
        let marks = top % 2 == 0 ? [top / 2, top] : [top]
        return marks.map { mark -> HTML in
            let y = Self.above + Self.height - Self.height * mark / top
            return """
                <line class="gridline" x1="0" x2="100%" y1="\(y)" y2="\(y)"/>\
                <text class="tick" x="0" y="\(y - 2)">\(wording.number(mark))</text>
                """
        }.joined()
    }

    /// The two bars of a column, and the day beneath every few of them.
    private func bars(_ place: Int) -> HTML {
        let column = columns[place]
        let width = 94.0 / Double(columns.count)
        let x = 5 + Double(place) * width
        let isNamed = place % max(1, (columns.count + 6) / 7) == 0
        let day: HTML? =
            isNamed
            ? """
            <text class="tick tick-day" x="\(Self.percent(x))" y="\(Self.above + Self.height + 16)">\
            \(wording.date(column.day, .dayAndMonth))</text>
            """ : nil
        return """
            \(bar(.reportOpened, "bar-1", column.opened, on: column.day, x: x, width: width * 0.38))\
            \(bar(.reportResolved, "bar-2", column.resolved, on: column.day, x: x + width * 0.42, width: width * 0.38))\
            \(day)
            """
    }

    private func bar(
        _ label: Catalogue.Phrase, _ style: String, _ value: Int, on day: CivilDate, x: Double, width: Double
    ) -> HTML? {
        guard value > 0 else { return nil }
        let height = max(2, Self.height * value / top)
        let title = wording(.labelled, ["label": "\(wording.date(day)) – \(wording(label))", "value": value])
        return """
            <rect class="\(style)" x="\(Self.percent(x))" width="\(Self.percent(width))" \
            y="\(Self.above + Self.height - height)" height="\(height)"><title>\(title)</title></rect>
            """
    }

    private func series(_ number: Int, _ label: Catalogue.Phrase) -> HTML {
        """
        <li><svg class="swatch" aria-hidden="true"><rect class="bar-\(number)" width="12" height="12"/></svg>\
        \(wording(label))</li>
        """
    }

    private var table: HTML {
        let rows = columns.map { column -> HTML in
            """
            <tr><th scope="row">\(wording.date(column.day))</th><td class="num">\(wording.number(column.opened))</td>\
            <td class="num">\(wording.number(column.resolved))</td></tr>
            """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.reportChartDays))">\
            <table class="table"><caption>\(wording(.reportChartDays))</caption><thead><tr>\
            <th scope="col">\(wording(.reportDay))</th><th scope="col" class="num">\(wording(.reportOpened))</th>\
            <th scope="col" class="num">\(wording(.reportResolved))</th></tr></thead>\
            <tbody>\(rows)</tbody></table></div>
            """
    }

    /// Of a hundred, with two decimals, as SVG writes it.
    static func percent(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }
}
