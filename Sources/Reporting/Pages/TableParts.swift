import Catalogue
import HTML

/// What the tables of all reports are made of.
struct TableParts {
    let question: Question
    let names: Names

    private var wording: Wording { names.wording }

    /// A table with a line for each group and one for all.
    ///
    /// - Parameters:
    ///   - isWide: whether it may have more columns than the widest window.
    ///   - name: what a group is called; as everywhere if nil.
    func groups<Figures>(
        _ title: String, heads: HTML, _ groups: [(key: String?, figures: Figures)], total: Figures,
        isWide: Bool = false, name: ((String?) -> String)? = nil, cells: (Figures, Listing.Group) -> HTML
    ) -> HTML {
        let rows = groups.map { group -> HTML in
            let name = name?(group.key) ?? names.name(of: group.key, in: question.split)
            return "<tr><th scope=\"row\"><bdi>\(name)</bdi></th>\(cells(group.figures, .one(group.key)))</tr>"
        }
        return table(title, heads: heads, rows: rows, total: cells(total, .all), isWide: isWide)
    }

    /// - Parameters:
    ///   - total: the cells of the last line; nil where nothing is added up.
    ///   - isWide: whether it may have more columns than the widest window.
    func table(_ title: String, heads: HTML, rows: [HTML], total: HTML? = nil, isWide: Bool = false) -> HTML {
        let classes = isWide ? "table-scroll table-scroll-always" : "table-scroll"
        let foot: HTML? = total.map {
            "<tfoot><tr><th scope=\"row\">\(wording(.reportTotal))</th>\($0)</tr></tfoot>"
        }
        return """
            <div class="\(classes)" role="region" tabindex="0" aria-label="\(title)"><table class="table">\
            <caption>\(title)</caption><thead>\(heads)</thead><tbody>\(rows)</tbody>\(foot)</table></div>
            """
    }

    /// The heading above the names of the groups, which the caption says already.
    func corner(_ phrase: Catalogue.Phrase? = nil, rows: Int = 1) -> HTML {
        """
        <th scope="col" rowspan="\(rows)"><span class="visually-hidden">\
        \(wording(phrase ?? question.split.phrase))</span></th>
        """
    }

    func head(_ phrase: Catalogue.Phrase) -> HTML { "<th scope=\"col\" class=\"num\">\(wording(phrase))</th>" }

    /// A heading over several columns.
    func head(_ phrase: Catalogue.Phrase, of columns: Int) -> HTML {
        "<th scope=\"colgroup\" colspan=\"\(columns)\" class=\"num\">\(wording(phrase))</th>"
    }

    func cell(_ text: String) -> HTML { "<td class=\"num\">\(text)</td>" }

    /// A dash where there was none.
    func duration(_ seconds: Double?) -> String {
        seconds.map { wording.duration(.seconds(Int64($0.rounded()))) } ?? "–"
    }

    /// Opening hours: a day of them is nobody's day, so that hours are the largest unit.
    func hours(_ seconds: Double?) -> String {
        guard let seconds, seconds >= 3600 else { return duration(seconds) }
        let minutes = Int((seconds / 60).rounded())
        return [
            wording(.unitHour, ["count": minutes / 60]), wording(.unitMinute, ["count": minutes % 60]),
        ].joined(separator: " ")
    }

    func share(_ share: Double?) -> String { share.map { wording.percent($0) } ?? "–" }

    /// A number that leads to the tickets behind it.
    func count(_ number: Int, _ count: Listing.Count, _ group: Listing.Group) -> HTML {
        if number == 0 { return cell(wording.number(number)) }
        let listing = Listing(question: question, count: count, group: group)
        return "<td class=\"num\"><a href=\"\(listing.link)\">\(wording.number(number))</a></td>"
    }

    /// A part of a whole as a bar.
    func bar(_ part: Double) -> HTML {
        """
        <td><svg class="bar-cell" aria-hidden="true">\
        <rect class="bar-1" width="\(DaysChart.percent(part * 100))" height="12"/></svg></td>
        """
    }

    /// A figure that is looked at first, with another one beneath it.
    func figure(
        _ label: Catalogue.Phrase, _ value: String, _ other: Catalogue.Phrase? = nil, _ otherValue: String = ""
    ) -> HTML {
        figure(wording(label), value, other, otherValue)
    }

    func figure(
        _ label: String, _ value: String, _ other: Catalogue.Phrase? = nil, _ otherValue: String = ""
    ) -> HTML {
        let note: HTML? = other.map {
            "<span class=\"figure-note\">\(wording(.labelled, ["label": wording($0), "value": otherValue]))</span>"
        }
        return """
            <div class="figure"><span class="figure-label">\(label)</span>\
            <span class="figure-value">\(value)</span>\(note)</div>
            """
    }

    /// The median of something, and within what nine of ten stayed.
    func figure(_ label: Catalogue.Phrase, _ spread: Spread) -> HTML {
        figure(label, duration(spread.median), .reportNinety, duration(spread.ninety))
    }

    /// The same in opening hours.
    func figure(_ label: Catalogue.Phrase, hours spread: Spread) -> HTML {
        figure(label, hours(spread.median), .reportNinety, hours(spread.ninety))
    }
}
