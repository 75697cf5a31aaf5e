import Desk
import Postgres

/// The report on how tickets ended: with what outcome, what that cost, and what the desk learnt from it (S57, S59).
struct OutcomeReport: Sendable {
    /// The figures of one group.
    struct Group: Sendable, Keyed {
        let key: String?
        var figures = OutcomeFigures()
    }

    let question: Question
    let currency: String?
    let total: OutcomeFigures
    let groups: [Group]
    /// By outcome: the work, and what it cost.
    let work: [Ticket.Outcome: WorkFigures]
    let articles: [ArticleFigures]

    var isEmpty: Bool { total.counts.isEmpty && articles.isEmpty }

    /// Reads the report from the database of figures, all of it as of one instant.
    ///
    /// - Parameter language: in which the titles of articles are wanted.
    init(_ question: Question, rates: RateTable, language: String, from database: Database) async throws {
        self = try await database.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
            OutcomeReport(
                question, currency: rates.currency,
                rows: try await transaction.all(Query<OutcomeRow>("\(question.outcomes)")),
                work: try await transaction.all(.work(question, by: "t.outcome", rates: rates)),
                articles: try await transaction.all(.articles(question, in: language)))
        }
    }

    private init(
        _ question: Question, currency: String?, rows: [OutcomeRow], work: [WorkFiguresRow], articles: [ArticleFigures]
    ) {
        (self.question, self.currency, self.articles) = (question, currency, articles)
        var total = OutcomeFigures()
        var groups: [String?: OutcomeFigures] = [:]
        for row in rows {
            if row.isTotal { total.take(row) } else { groups[row.key, default: OutcomeFigures()].take(row) }
        }
        self.total = total
        self.groups = groups.map { Group(key: $0.key, figures: $0.value) }.ordered { $0.figures.total }
        self.work = work.reduce(into: [:]) { work, row in
            guard let outcome = row.key.flatMap(Ticket.Outcome.init) else { return }
            work[outcome] = row.figures
        }
    }
}
