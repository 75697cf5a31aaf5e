import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import RoutingTestSupport
import Runtime
import SupplierTestSupport

/// Carries between a desk and a supplier to whose system nothing is posted.
protocol Messenger: Sendable {
    /// Takes to the supplier's people what is due.
    ///
    /// - Parameter lead: how far ahead of the database's clock it is.
    func carry(ahead lead: Duration) async throws
    /// Whether something is still to be carried, now or later.
    var isBusy: Bool { get async throws }
    /// Takes to the desk what they have written.
    func bring() async throws
    func close() async
}

/// A supplier whose people are not reached by the supplier worker itself.
protocol CarriedSystem: PlayedSystem {
    func messenger(of desk: SharedDesk) throws -> any Messenger
}

/// The routing worker of a desk, as far as it sends letters: to a mail server of the test.
struct LetterWorker: Sendable {
    private let desk: TestDesk
    private let run: RoutingRun

    init(of shared: SharedDesk, to sink: MailSink) throws {
        desk = try TestDesk(as: "meridian_routing", time: shared.time)
        run = RoutingRun(desk, client: try sink.client(), keys: shared.keys)
    }

    /// Sends what is due: a first try by the time of the queue, a further one by that of the desk.
    func work(ahead lead: Duration) async throws {
        try await run.drain("mail-retries") { [time = desk.time] in time.now }
        try await run.drain("mail") { SystemTime().now + lead }
    }

    var isBusy: Bool {
        get async throws {
            try await TestDatabase.current.first(
                "select exists (select from jobs.job where kind like 'letter.%' and state <> 'dead')", as: Bool.self)
                ?? false
        }
    }

    func close() async { await desk.store.database.close() }
}
