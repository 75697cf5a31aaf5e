public import Desk
public import DeskStore
import Moments
import Postgres
public import Runtime
import Synchronization

/// Tells whoever follows a ticket when to look at it again: by one connection that listens for all of a program's
/// followers, so that a thousand of them cost the database no more than one until something happens.
public final class TicketWatch: Service {
    public let name = "ticket watch"

    /// How often a follower looks although nothing was told: for what was not heard, and for who may no longer look.
    static let pause = Duration.seconds(30)

    private let store: DeskStore
    private let followers = Mutex<[TicketID: [ObjectIdentifier: Bell]]>([:])

    public init(_ store: DeskStore) { self.store = store }

    public func run(until stop: StopSignal) async throws {
        _ = try await stop.untilRaised { [self] in
            for await event in store.database.notifications(on: DeskStore.ticketChannel) {
                switch event {
                case .connected: ring(nil)
                case .notification(_, let payload): if let key = Int64(payload) { ring(TicketID(key)) }
                }
            }
        }
    }

    /// Has a follower look at once, again whenever something has happened to the ticket, and every now and then.
    ///
    /// - Parameter look: says whether to go on. It is called once at a time: what happens meanwhile, however often, is
    ///   one more look.
    /// - Throws: whatever `look` throws; `CancellationError`.
    public func follow(_ ticket: TicketID, look: @Sendable () async throws -> Bool) async throws {
        let bell = Bell()
        followers.withLock { $0[ticket, default: [:]][ObjectIdentifier(bell)] = bell }
        defer {
            followers.withLock { followers in
                followers[ticket]?[ObjectIdentifier(bell)] = nil
                if followers[ticket]?.isEmpty == true { followers[ticket] = nil }
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [store] in
                while true {
                    try await store.timekeeper.wait(for: Self.pause * Double.random(in: 0.8...1.2))
                    bell.ring()
                }
            }
            defer { group.cancelAll() }
            while try await look() {
                await bell.wait()
                try Task.checkCancellation()
            }
        }
    }

    /// How many follow a ticket.
    func followers(of ticket: TicketID) -> Int { followers.withLock { $0[ticket]?.count ?? 0 } }

    /// - Parameter ticket: nil for all.
    private func ring(_ ticket: TicketID?) {
        let bells = followers.withLock { followers in
            ticket.map { followers[$0].map { Array($0.values) } ?? [] } ?? followers.values.flatMap(\.values)
        }
        for bell in bells { bell.ring() }
    }
}
