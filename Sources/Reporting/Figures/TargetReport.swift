import Desk
import Postgres

/// The report on promises: which were kept and which were not, and how often tickets came back for want of facts.
struct TargetReport: Sendable {
    /// The promises to one group, by measure.
    struct Group: Sendable, Keyed {
        let key: String?
        var figures: [Measure: TargetFigures] = [:]
    }

    let question: Question
    let total: [Measure: TargetFigures]
    let groups: [Group]
    let returns: [ReturnFigures]

    var isEmpty: Bool { total.isEmpty && returns.isEmpty }

    /// The measures of which anything was promised, in the order in which people read them.
    var measures: [Measure] { Measure.allCases.filter { total[$0] != nil } }

    /// Reads the report from the database of figures, all of it as of one instant.
    init(_ question: Question, from database: Database) async throws {
        self = try await database.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
            TargetReport(
                question, rows: try await transaction.all(.targets(question)),
                returns: try await transaction.all(.returns(question)))
        }
    }

    private init(_ question: Question, rows: [TargetRow], returns: [ReturnFigures]) {
        (self.question, self.returns) = (question, returns)
        var total: [Measure: TargetFigures] = [:]
        var groups: [String?: [Measure: TargetFigures]] = [:]
        for row in rows {
            if row.isTotal {
                total[row.measure] = row.figures
            } else {
                groups[row.key, default: [:]][row.measure] = row.figures
            }
        }
        self.total = total
        self.groups = groups.map { Group(key: $0.key, figures: $0.value) }
            .ordered { $0.figures.values.reduce(0) { $0 + $1.met + $1.missed } }
    }
}
