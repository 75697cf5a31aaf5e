import Desk
import DeskStore
import Postgres

/// How tickets ended that were resolved in a period (S57, S59), for all of them or some.
struct OutcomeFigures: Sendable, Hashable {
    /// How many had each outcome; nothing of one that none had.
    var counts: [Ticket.Outcome: Int] = [:]
    /// What the solutions among them gave to the knowledge of the desk.
    var knowledge: [KnowledgeGain: Int] = [:]

    var total: Int { counts.values.reduce(0, +) }
    var solutions: Int { knowledge.values.reduce(0, +) }

    /// The part of the solutions that an article gave; nil where there were none.
    var reuseShare: Double? { solutions == 0 ? nil : Double(knowledge[.article] ?? 0) / Double(solutions) }
}

/// What a solution gave to the knowledge of the desk.
enum KnowledgeGain: String, CaseIterable, Sendable {
    /// It stood in an article already, which was used again.
    case article
    /// An article was begun from it.
    case draft
    case nothing

    /// Holds for the tickets `t` that were solved so.
    var condition: SQL {
        switch self {
        case .article: "t.knowledge = 'article'"
        case .draft: "t.knowledge = 'draft'"
        case .nothing: "t.knowledge not in ('article', 'draft')"
        }
    }
}

extension Question {
    /// For each group and for all: an outcome, how many had it, and what was learnt from them.
    var outcomes: SQL {
        let group = split.column
        let gains = KnowledgeGain.allCases.map { gain -> SQL in "count(*) filter (where \(gain.condition))" }
        return """
            select \(group), grouping(\(group)) = 1, t.outcome, count(*), \(gains[0]), \(gains[1]), \(gains[2])
            from figure_ticket t
            where \(isResolved) and \(reach.condition) and t.outcome is not null
            group by grouping sets ((\(group), t.outcome), (t.outcome))
            """
    }
}

/// How tickets of a group, or of all where `isTotal`, ended with one outcome.
struct OutcomeRow: Sendable {
    let key: String?
    let isTotal: Bool
    let outcome: Ticket.Outcome
    let count: Int
    let knowledge: [KnowledgeGain: Int]
}

extension OutcomeRow: PostgresRow {
    /// The columns depend on the question; see `Question.outcomes`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        key = try row.read()
        isTotal = try row.read()
        outcome = try row.read()
        count = try row.read()
        var knowledge: [KnowledgeGain: Int] = [:]
        for gain in KnowledgeGain.allCases { knowledge[gain] = try row.read() }
        self.knowledge = knowledge
    }
}

extension OutcomeFigures {
    mutating func take(_ row: OutcomeRow) {
        counts[row.outcome] = row.count
        knowledge.merge(row.knowledge, uniquingKeysWith: +)
    }
}
