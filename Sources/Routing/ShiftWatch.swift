import Catalogue
import Desk
public import DeskStore
import Moments
import Postgres
public import Runtime

/// Hands tickets of marked kinds on when a desk closes, to the next one that is open. Any number of copies share the
/// work.
public struct ShiftWatch: Service {
    public let name = "shifts"
    private let store: DeskStore
    private let log: Log

    /// How many tickets a transaction moves.
    static let batch = 20
    /// How often it looks: no ticket is with a closed desk for much longer.
    static let interval = Duration.seconds(20)

    public init(_ store: DeskStore, log: Log) { (self.store, self.log) = (store, log) }

    public func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            do {
                while try await move() > 0, !stop.isRaised {}
            } catch let error as DatabaseError where error.isTransient {
                log.warning("the ends of shifts wait for the database", ["err": .error(error)])
            } catch {
                log.error("a ticket could not follow the sun", ["err": .error(error)])
            }
            _ = try await stop.untilRaised { try await store.timekeeper.wait(for: Self.interval) }
        }
    }

    /// Moves or offers some of what is with a closed desk, and returns how many tickets that were.
    public func move() async throws -> Int {
        let now = store.timekeeper.now
        var moved = 0
        for end in try await store.directory().shiftEnds(at: now) {
            moved += try await store.transaction { (transaction: borrowing Transaction) in
                let directory = try await store.directory(using: transaction)
                let tickets = try await transaction.tickets(of: end, in: directory, limit: Self.batch, now: now)
                for ticket in tickets { try await move(ticket, at: end, in: directory, using: transaction) }
                return tickets.count
            }
        }
        return moved
    }

    private func move(
        _ ticket: TicketID, at end: ShiftEnd, in directory: Directory, using transaction: borrowing Transaction
    ) async throws {
        let site = directory.site(end.relief.place.site)
        let wording = Wording(site.flatMap { Language(tag: $0.language) } ?? .english)
        let note = Note(wording(.shiftNote, ["rule": end.rule.name]), visibility: .internal, kind: .system)
        let recording = Recording(by: .program, note: note, cause: "shift \(end.rule.name)")
        try await store.record(on: ticket, recording, using: transaction) { occasion in
            guard let entry = occasion.entry else { preconditionFailure("a recording with a note has its entry") }
            return switch end.rule.action {
            case .handOver: .handedOver(end.relief, reason: "shift_end", note: entry)
            case .offer: .offered(end.relief, note: entry)
            }
        }
    }
}
