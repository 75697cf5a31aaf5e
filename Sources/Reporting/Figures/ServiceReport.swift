import Moments
import Postgres

/// The report on a desk's service: what came in, what was solved and how fast, and where tickets spent their time.
struct ServiceReport: Sendable {
    /// The figures of one group.
    struct Group: Sendable, Keyed {
        let key: String?
        var figures: ServiceFigures
    }

    let question: Question
    let total: ServiceFigures
    let groups: [Group]
    let held: [HeldTime]
    let columns: [ChartColumn]

    var isEmpty: Bool { total.isEmpty && held.isEmpty }

    /// Reads the report from the database of figures, all of it as of one instant.
    init(_ question: Question, from database: Database) async throws {
        self = try await database.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
            let rows = try await transaction.all(.figures(question))
            let open = try await transaction.all(question.open, as: (String?, Bool, Int).self)
            let held = try await transaction.all(.held(question))
            let days = try await transaction.all(question.chart, as: (Int, Int, Int).self)
            return ServiceReport(question, rows: rows, open: open, held: held, days: days)
        }
    }

    private init(
        _ question: Question, rows: [ServiceFiguresRow], open: [(String?, Bool, Int)], held: [HeldTime],
        days: [(Int, Int, Int)]
    ) {
        var total = ServiceFigures()
        var groups: [String?: ServiceFigures] = [:]
        for row in rows {
            if row.isTotal { total = row.figures } else { groups[row.key] = row.figures }
        }
        for (key, isTotal, count) in open {
            if isTotal { total.open = count } else { groups[key, default: ServiceFigures()].open = count }
        }
        var columns = question.period.columns.map { ChartColumn(day: $0) }
        for (place, opened, resolved) in days where columns.indices.contains(place - 1) {
            columns[place - 1].opened = opened
            columns[place - 1].resolved = resolved
        }
        (self.question, self.total, self.held, self.columns) = (question, total, held, columns)
        self.groups = groups.map { Group(key: $0.key, figures: $0.value) }
            .ordered { max($0.figures.opened, $0.figures.resolved) }
    }
}
