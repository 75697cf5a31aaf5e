import BenchmarkSupport
import Moments
import Postgres
import Runtime

/// A question that programs ask, in both languages.
struct Question: Sendable {
    let name: String
    /// For `pgbench`.
    let script: String
    let ask: @Sendable (borrowing Database) async throws -> Void

    static let one = Question(name: "select 1", script: "select 1;") { database in
        guard try await database.first("select 1", as: Int.self) == 1 else { throw BenchmarkFault("one is not 1") }
    }

    static let row = Question(
        name: "a row of ten columns",
        script: """
            \\set id random(1, \(Row.count))
            select \(Row.columns) from ten where id = :id;
            """
    ) { database in
        let id = Int64.random(in: 1...Row.count)
        let query: Query<Row> = "select \(columns: Row.self) from ten where id = \(id)"
        guard try await database.first(query)?.id == id else { throw BenchmarkFault("row \(id) is another") }
    }
}

/// A row such as programs have.
struct Row: PostgresRow {
    static let count: Int64 = 10_000
    static let columns = "id, number, share, open, subject, state, text, queue, began_at, changed_at"

    static let table = """
        create table ten (
            id bigint primary key, number int not null, share float8 not null, open boolean not null,
            subject text not null, state text not null, text text, queue text not null, began_at timestamptz not null,
            changed_at timestamptz);
        insert into ten select n, n, n / 7.0, n % 2 = 0, 'The printer on floor ' || n || ' smokes', 'new', null,
            'first line', now() - n * interval '1 minute', now() from generate_series(1, \(count)) n;
        analyze ten
        """

    let id: Int64
    let number: Int
    let share: Double
    let isOpen: Bool
    let subject: String
    let state: String
    let text: String?
    let queue: String
    let beganAt: Moment
    let changedAt: Moment?

    init(from row: inout RowReader) throws(UndecodableColumn) {
        id = try row.read()
        number = try row.read()
        share = try row.read()
        isOpen = try row.read()
        subject = try row.read()
        state = try row.read()
        text = try row.read()
        queue = try row.read()
        beganAt = try row.read()
        changedAt = try row.read()
    }
}

/// So many tasks that ask one question after the other, each over a connection of its own.
struct Askers {
    let tasks: Int
    private let loops = EventLoopGroup()
    private let database: Database

    init(_ tasks: Int, at place: ConnectionString) {
        self.tasks = tasks
        var configuration = DatabaseConfiguration(place)
        configuration.poolSize = tasks
        database = Database(configuration, loops: loops)
    }

    /// Answers a second.
    func rate(_ question: Question, for duration: Duration) async throws -> Double {
        let begun = ContinuousClock.now
        let end = begun + duration
        let database = database
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<tasks {
                group.addTask(executorPreference: loops.loops[number % loops.loops.count]) {
                    var answers = 0
                    while ContinuousClock.now < end {
                        try await question.ask(database)
                        answers += 1
                    }
                    return answers
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(answers) / ((ContinuousClock.now - begun) / .seconds(1))
    }

    func close() async {
        await database.close()
        loops.shutdown()
    }
}
