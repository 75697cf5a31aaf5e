import JSON

extension Double {
    /// To thousandths: what is finer says nothing.
    var thousandths: Double { (self * 1000).rounded() / 1000 }
}

extension Spread {
    var json: JSON {
        .object([
            "count": count, "median_seconds": median?.thousandths, "p90_seconds": ninety?.thousandths,
            "mean_seconds": mean?.thousandths,
        ])
    }

    /// The same as cells of a table.
    var cells: [String] { [String(count)] + [median, ninety, mean].map { $0.cell } }

    /// The heads of these cells.
    static func heads(_ name: String) -> [String] {
        ["count", "median_seconds", "p90_seconds", "mean_seconds"].map { "\(name)_\($0)" }
    }
}

extension Clocked {
    var json: JSON { .object(["hours": hours.json, "wall": wall.json]) }

    var cells: [String] { hours.cells + wall.cells }

    /// The heads of these cells.
    static func heads(_ name: String) -> [String] { Spread.heads("\(name)_hours") + Spread.heads("\(name)_wall") }
}

extension TargetFigures {
    var json: JSON { .object(["met": met, "missed": missed, "share": share?.thousandths]) }

    var cells: [String] { [String(met), String(missed), share.cell] }

    /// The heads of these cells.
    static func heads(_ name: String) -> [String] { ["met", "missed", "share"].map { "\(name)_\($0)" } }
}

extension Double? {
    /// A number in a table for programs; nothing where there is none.
    var cell: String { map { "\($0.thousandths)" } ?? "" }
}
