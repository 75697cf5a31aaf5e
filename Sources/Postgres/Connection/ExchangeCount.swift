import Synchronization

/// How many exchanges with the server there have been on the connections that share it.
final class ExchangeCount: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}
