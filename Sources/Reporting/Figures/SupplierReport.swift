import Postgres
import TimeZones

/// The report on suppliers: how fast they are, what they solve, give back and have to do again, and whether they keep
/// their contracts.
struct SupplierReport: Sendable {
    /// The figures of one group, and of it in each month of the period in which there is anything to tell.
    struct Group: Sendable, Keyed {
        let key: String?
        var figures = SupplierFigures()
        var months: [Month] = []
    }

    struct Month: Sendable, Hashable {
        let first: CivilDate
        let figures: SupplierFigures
    }

    let question: Question
    let total: SupplierFigures
    let groups: [Group]

    var isEmpty: Bool { total.isEmpty }

    /// Reads the report from the database of figures, all of it as of one instant.
    init(_ question: Question, from database: Database) async throws {
        self = try await database.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
            let rows = try await transaction.all(.suppliers(question))
            let held = try await transaction.all(
                question.withSuppliers, as: (String?, Bool, Int, Double?, Double?).self)
            return SupplierReport(question, rows: rows, held: held)
        }
    }

    private init(
        _ question: Question, rows: [SupplierFiguresRow], held: [(String?, Bool, Int, Double?, Double?)]
    ) {
        var total = SupplierFigures()
        var groups: [String?: Group] = [:]
        let months = question.period.months
        for row in rows {
            if row.isTotal {
                total = row.figures
            } else if let month = row.month {
                guard months.indices.contains(month - 1) else { continue }
                groups[row.key, default: Group(key: row.key)].months.append(
                    Month(first: months[month - 1], figures: row.figures))
            } else {
                groups[row.key, default: Group(key: row.key)].figures = row.figures
            }
        }
        for (key, isTotal, count, oldest, middle) in held {
            func add(to figures: inout SupplierFigures) {
                (figures.held, figures.oldest, figures.medianAge) = (count, oldest, middle)
            }
            if isTotal { add(to: &total) } else { add(to: &groups[key, default: Group(key: key)].figures) }
        }
        (self.question, self.total) = (question, total)
        self.groups = groups.values.map { group in
            var group = group
            group.months.sort { $0.first.daysSinceEpoch < $1.first.daysSinceEpoch }
            return group
        }.ordered { max($0.figures.referred, $0.figures.held) }
    }
}
