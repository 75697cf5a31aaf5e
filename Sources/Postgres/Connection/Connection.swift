import CPostgres
import Runtime
import Synchronization

/// One session on the server. It lives on one loop; whoever has it on loan uses it from anywhere.
///
/// It is always in libpq's pipeline mode, so any number of statements, and their preparation, take one round trip.
actor Connection {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    let handle: Handle
    /// Where requests to cancel are made, which block.
    let cancellations: Offload
    let exchanges: ExchangeCount
    var cache: StatementCache?
    var watch: Watch?

    /// How often something has happened on the socket: who has looked and found nothing waits for the next time, and
    /// not for one that has passed. Between a look and the waiting the loop may have had its turn.
    private(set) var turns: UInt64 = 0
    /// Who waits for something to happen on the socket.
    private var waiter: UnsafeContinuation<Void, Never>?
    /// Why the connection cannot be used any more.
    private(set) var fault: String?
    private var whenBroken: (@Sendable (Connection) -> Void)?

    /// The exchange under way, so that a late cancellation does not hit the next one.
    var exchange = 0
    var isExchanging = false
    /// What the server refused last in this exchange: if the connection then breaks, the reason why.
    var lastRefusal: Answer?
    /// The answer of which the end has not come.
    var unfinished: Answer?
    /// The request to cancel that is on its way to the server.
    var cancelling: Task<Void, any Error>?

    /// Prepared statements that the server need not keep any longer.
    var surplusStatements: [String] = []

    /// Whether the server turned out to take no changes, as after a failover; the pool then looks for the one that
    /// does.
    var isReadOnly = false

    /// What has been notified and not yet been asked for.
    var notifications: [Notification] = []

    /// Whether another caller can have the connection: it works, and no transaction is open on it.
    nonisolated var isReusable: Bool { reusable.load(ordering: .acquiring) }
    private nonisolated let reusable = Atomic(true)

    init(
        _ handle: Handle, loop: EventLoop, cancellations: Offload, exchanges: ExchangeCount, preparesStatements: Bool
    ) {
        self.handle = handle
        self.loop = loop
        self.cancellations = cancellations
        self.exchanges = exchanges
        cache = preparesStatements ? StatementCache() : nil
    }

    /// Begins to listen to the socket, and promises to call `whenBroken` when the server goes away.
    func start(whenBroken: (@Sendable (Connection) -> Void)? = nil) throws(SystemError) {
        self.whenBroken = whenBroken
        watch = try loop.watch(PQsocket(handle.pointer), .level([.readable])) { [weak self] _ in
            self?.assumeIsolated { $0.socketIsReady() }
        }
    }

    /// Ends the session. A caller who still waits for an answer gets an error.
    func close() {
        whenBroken = nil
        breakOff("closed by this program")
    }

    /// The same from anywhere, without waiting for it.
    nonisolated func closeSoon() {
        loop.execute { self.assumeIsolated { $0.close() } }
    }

    /// Notes that the connection is of no more use and wakes whoever waits for it.
    func breakOff(_ reason: String) {
        guard fault == nil else { return }
        fault = reason
        reusable.store(false, ordering: .releasing)
        watch?.cancel()
        watch = nil
        handle.finish()
        wake()
        whenBroken?(self)
        whenBroken = nil
    }

    /// Suspends until something has happened on the socket since the turn that the caller saw before it looked, the
    /// connection has broken, or somebody calls `wake`.
    func waitForSocket(since turn: UInt64) async {
        guard fault == nil, watch != nil else { return }
        await withUnsafeContinuation { continuation in
            if turns == turn { waiter = continuation } else { continuation.resume() }
        }
    }

    func wake() {
        turns &+= 1
        let waiting = waiter
        waiter = nil
        waiting?.resume()
    }

    /// Takes in what has arrived: answers, notifications, and also the end of the server while nobody asks for
    /// anything.
    private func socketIsReady() {
        let isOpen = PQconsumeInput(handle.pointer) != 0
        takeNotifications()
        if isOpen && !handle.isBroken { return wake() }
        guard isExchanging else { return breakOff(handle.message) }
        // Whoever waits for an answer finds what the server said last, and then the end.
        watch?.cancel()
        watch = nil
        wake()
    }

    private func takeNotifications() {
        while let notice = PQnotifies(handle.pointer) {
            notifications.append(
                Notification(
                    channel: String(cString: notice.pointee.relname), payload: String(cString: notice.pointee.extra)))
            PQfreemem(notice)
        }
    }

    /// Tells, after an exchange, whether the connection can be lent again.
    func updateReusability() {
        let isIdle = PQtransactionStatus(handle.pointer) == PQTRANS_IDLE
        reusable.store(fault == nil && isIdle && !isReadOnly, ordering: .releasing)
    }
}
