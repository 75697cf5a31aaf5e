import Postgres

/// The report on time and cost: how fast work began and ended, who had the time, and what it cost (S69 to S71).
struct CostReport: Sendable {
    /// The figures of one group.
    struct Group: Sendable, Keyed {
        let key: String?
        var times = TimeFigures()
        var work = WorkFigures()
    }

    let question: Question
    /// Nil where no rates are known; then nothing costs anything.
    let currency: String?
    let total: Group
    /// By what the tickets are.
    let times: [Group]
    /// By who did the work.
    let work: [Group]
    let parties: [PartyTime]

    var isEmpty: Bool { total.times.isEmpty && total.work.isEmpty }

    /// Reads the report from the database of figures, all of it as of one instant.
    init(_ question: Question, rates: RateTable, from database: Database) async throws {
        self = try await database.transaction(isolation: .repeatableRead, readOnly: true) { transaction in
            CostReport(
                question, currency: rates.currency, times: try await transaction.all(.times(question)),
                work: try await transaction.all(.work(question, by: question.split.columnOfWork, rates: rates)),
                parties: try await transaction.all(.parties(question)))
        }
    }

    private init(
        _ question: Question, currency: String?, times: [TimeFiguresRow], work: [WorkFiguresRow], parties: [PartyTime]
    ) {
        (self.question, self.currency, self.parties) = (question, currency, parties)
        var total = Group(key: nil)
        total.times = times.first(where: \.isTotal)?.figures ?? TimeFigures()
        total.work = work.first(where: \.isTotal)?.figures ?? WorkFigures()
        self.total = total
        self.times = times.filter { !$0.isTotal }.map { Group(key: $0.key, times: $0.figures) }
            .ordered { $0.times.through.wall.count }
        self.work = work.filter { !$0.isTotal }.map { Group(key: $0.key, work: $0.figures) }.ordered { $0.work.cost }
    }
}
