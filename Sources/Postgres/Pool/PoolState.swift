/// Who has which connection, who waits, and whether it is worth opening another.
///
/// A pure value over connections and callers of any kind: each call answers with what the pool must now do.
struct PoolState<Connection> {
    typealias Caller = Int

    enum Action {
        case lend(Connection, to: Caller)
        case refuse(Caller, Refusal)
        /// Open a connection, and say `opened` or `failedToOpen`.
        case open
        case close(Connection)
        /// The pool was closed and the last connection has come back.
        case finished
    }

    enum Refusal: Equatable {
        /// No server accepted a connection, and the last attempt is too recent to try again.
        case unreachable(String)
        /// All connections were lent for as long as the caller waited.
        case exhausted
        case closed
    }

    private struct Waiting {
        let caller: Caller
        let deadline: ContinuousClock.Instant
        let prefers: (Connection) -> Bool
        /// How often somebody who came later was served first.
        var passedOver = 0
    }

    private struct Failure {
        let report: String
        let retryAt: ContinuousClock.Instant
    }

    /// How often a caller is passed over, and among how many one is looked for whom a connection suits: using one of
    /// another event loop costs more than some turns of waiting.
    static var mostPassedOver: Int { 8 }

    let limit: Int
    private(set) var idle: [Connection] = []
    private(set) var lent = 0
    private(set) var opening = 0
    private var waiting: [Waiting] = []
    private(set) var isClosed = false
    private(set) var failuresInARow = 0
    private var failure: Failure?

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    private var isEmpty: Bool { idle.isEmpty && lent == 0 }

    /// How many callers wait.
    var queueLength: Int { waiting.count }

    /// When there is something to do though nobody asks and nothing comes back: the caller who has waited longest has
    /// waited long enough, or a connection that could not be opened for those who wait is worth another attempt.
    var nextLook: ContinuousClock.Instant? {
        guard let deadline = waiting.first?.deadline else { return nil }
        guard let failure, opening == 0, lent < limit else { return deadline }
        return min(deadline, failure.retryAt)
    }

    /// Lends an idle connection at once, one that `isPreferred` names if there is one.
    mutating func take(where isPreferred: (Connection) -> Bool) -> Connection? {
        guard !isClosed, let index = idle.lastIndex(where: isPreferred) ?? idle.indices.last else { return nil }
        lent += 1
        return idle.remove(at: index)
    }

    /// A caller asks for a connection and will wait until `deadline`; those who ask later wait no less long.
    ///
    /// - Parameter isPreferred: whether a connection suits the caller better than others.
    mutating func ask(
        _ caller: Caller, until deadline: ContinuousClock.Instant, at now: ContinuousClock.Instant,
        preferring isPreferred: @escaping (Connection) -> Bool = { _ in false }
    ) -> [Action] {
        waiting.append(Waiting(caller: caller, deadline: deadline, prefers: isPreferred))
        return settle(at: now)
    }

    /// A caller gives up; false if it was no longer waiting.
    mutating func withdraw(_ caller: Caller) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.caller == caller }) else { return false }
        waiting.remove(at: index)
        return true
    }

    /// Refuses those who have waited long enough, and serves the others.
    mutating func look(at now: ContinuousClock.Instant) -> [Action] {
        let expired = waiting.prefix { $0.deadline <= now }
        waiting.removeFirst(expired.count)
        let refusal = isEmpty ? Refusal.unreachable(failure?.report ?? "no answer in time") : .exhausted
        return expired.map { .refuse($0.caller, refusal) } + settle(at: now)
    }

    /// A lent connection comes back; `isUsable` says whether another caller can have it.
    mutating func giveBack(_ connection: Connection, isUsable: Bool, at now: ContinuousClock.Instant) -> [Action] {
        lent -= 1
        if isUsable && !isClosed {
            idle.append(connection)
            return settle(at: now)
        }
        return [.close(connection)] + settle(at: now)
    }

    mutating func opened(_ connection: Connection, at now: ContinuousClock.Instant) -> [Action] {
        opening -= 1
        failure = nil
        failuresInARow = 0
        if isClosed { return [.close(connection)] + settle(at: now) }
        idle.append(connection)
        return settle(at: now)
    }

    /// Opening a connection failed, and the next attempt is worth making after `pause`.
    mutating func failedToOpen(_ report: String, pause: Duration, at now: ContinuousClock.Instant) -> [Action] {
        opening -= 1
        failuresInARow += 1
        failure = Failure(report: report, retryAt: now + pause)
        return settle(at: now)
    }

    /// Takes out the idle connections that `isBroken` names.
    mutating func drop(at now: ContinuousClock.Instant, where isBroken: (Connection) -> Bool) -> [Action] {
        let broken = idle.filter(isBroken)
        idle.removeAll(where: isBroken)
        return broken.map { .close($0) } + settle(at: now)
    }

    mutating func close(at now: ContinuousClock.Instant) -> [Action] {
        isClosed = true
        let refused = waiting.map { Action.refuse($0.caller, .closed) }
        waiting = []
        let closed = idle.map { Action.close($0) }
        idle = []
        return refused + closed + settle(at: now)
    }

    /// Who gets the connection: the first of those whom it suits, or of all.
    private mutating func next(for connection: Connection) -> Caller {
        var index = 0
        if waiting[0].passedOver < Self.mostPassedOver {
            index = waiting.prefix(Self.mostPassedOver).firstIndex { $0.prefers(connection) } ?? 0
        }
        for earlier in 0..<index { waiting[earlier].passedOver += 1 }
        return waiting.remove(at: index).caller
    }

    /// Serves those who wait, about in the order in which they came, with what there is now.
    private mutating func settle(at now: ContinuousClock.Instant) -> [Action] {
        var actions: [Action] = []
        if isClosed {
            actions += waiting.map { .refuse($0.caller, .closed) }
            waiting = []
            if isEmpty && opening == 0 { actions.append(.finished) }
            return actions
        }
        while !waiting.isEmpty, let connection = idle.popLast() {
            lent += 1
            actions.append(.lend(connection, to: next(for: connection)))
        }
        let isTooEarly = failure.map { now < $0.retryAt } ?? false
        if isTooEarly, isEmpty, opening == 0, let failure {
            actions += waiting.map { .refuse($0.caller, .unreachable(failure.report)) }
            waiting = []
        }
        // After a failure one attempt at a time is enough to learn whether the server is back.
        let mostAtOnce = failure == nil ? limit : 1
        while !isTooEarly, opening < min(waiting.count, mostAtOnce), lent + opening < limit {
            opening += 1
            actions.append(.open)
        }
        return actions
    }
}
