import Catalogue

extension ServiceReport {
    /// The table of groups, its last line that of all together. The heads of the columns are those of the JSON, so that
    /// a spreadsheet made once fits in every language.
    func csv(_ names: Names) -> CSV {
        var csv = CSV(
            [question.split.rawValue, "name", "opened", "resolved", "open"] + Spread.heads("response")
                + Spread.heads("resolution") + ["first_level_share", "reopened_share"])
        for group in groups {
            let code = names.code(of: group.key, in: question.split) ?? ""
            csv.append([code, names.name(of: group.key, in: question.split)] + Self.cells(group.figures))
        }
        csv.append(["", names.wording(.reportTotal)] + Self.cells(total))
        return csv
    }

    private static func cells(_ figures: ServiceFigures) -> [String] {
        [String(figures.opened), String(figures.resolved), String(figures.open)]
            + figures.response.cells + figures.resolution.cells
            + [figures.firstLevelShare.cell, figures.reopenedShare.cell]
    }
}
