/// Rows of words under one another, for people.
enum Table {
    /// The text with blanks after it, so that what follows stands under what follows in other lines.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    /// Two columns; the second begins at the same place in every row.
    static func text(_ rows: [(String, String)], indent: Int) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { row in
            let gap = String(repeating: " ", count: width - row.0.count + 2)
            return String(repeating: " ", count: indent) + row.0 + gap + row.1
        }
        .joined(separator: "\n")
    }

    /// Any number of columns under their headings.
    static func text(headings: [String], rows: [[String]]) -> String {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.indices.map { column in
                column == row.count - 1
                    ? row[column] : row[column] + String(repeating: " ", count: widths[column] - row[column].count)
            }
            return cells.joined(separator: "  ")
        }
        .joined(separator: "\n")
    }
}
