import Catalogue
import TimeZones

extension ServiceReport {
    /// The table of groups, its last line that of all together. The heads of the columns are those of the JSON, so that
    /// a spreadsheet made once fits in every language.
    func csv(_ names: Names) -> CSV {
        var csv = CSV([
            question.split.rawValue, "name", "opened", "resolved", "open", "response_count", "response_median_seconds",
            "response_p90_seconds", "response_mean_seconds", "resolution_count", "resolution_median_seconds",
            "resolution_p90_seconds", "resolution_mean_seconds", "first_level_share", "reopened_share",
        ])
        for group in groups {
            let code = names.code(of: group.key, in: question.split) ?? ""
            csv.append([code, names.name(of: group.key, in: question.split)] + Self.cells(group.figures))
        }
        csv.append(["", names.wording(.reportTotal)] + Self.cells(total))
        return csv
    }

    private static func cells(_ figures: ServiceFigures) -> [String] {
        [String(figures.opened), String(figures.resolved), String(figures.open)]
            + cells(figures.response) + cells(figures.resolution)
            + [number(figures.firstLevelShare), number(figures.reopenedShare)]
    }

    private static func cells(_ spread: Spread) -> [String] {
        [String(spread.count), number(spread.median), number(spread.ninety), number(spread.mean)]
    }

    private static func number(_ value: Double?) -> String { rounded(value).map { "\($0)" } ?? "" }

    /// The name of the file in which it is kept.
    var fileName: String {
        "service-\(question.period.first)-\(question.period.last)-by-\(question.split.rawValue).csv"
    }
}
