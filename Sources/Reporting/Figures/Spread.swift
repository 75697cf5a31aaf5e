import Postgres

/// How long something took, over several tickets. All in seconds; nil where there were none.
struct Spread: Sendable, Hashable {
    var count = 0
    var median: Double?
    /// Nine of ten took no longer.
    var ninety: Double?
    var mean: Double?
}

extension Spread {
    /// How it is measured over an interval, for the rows that fulfil a condition.
    static func columns(of interval: SQL, where condition: SQL) -> SQL {
        let seconds: SQL = "extract(epoch from \(interval))::float8"
        return """
            count(*) filter (where \(condition)),
            percentile_cont(0.5) within group (order by \(seconds)) filter (where \(condition)),
            percentile_cont(0.9) within group (order by \(seconds)) filter (where \(condition)),
            avg(\(seconds)) filter (where \(condition))
            """
    }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(count: try row.read(), median: try row.read(), ninety: try row.read(), mean: try row.read())
    }
}
