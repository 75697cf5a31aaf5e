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

    /// Moves or offers some of what is with a closed desk, and returns how many tickets that were. A ticket that cannot
    /// be moved does not keep the others.
    public func move() async throws -> Int {
        let now = store.timekeeper.now
        var moved = 0
        for end in try await store.directory().shiftEnds(at: now) {
            do {
                moved += try await move(at: end, limit: Self.batch, now)
            } catch let error where !Self.isOfAll(error) {
                moved += try await moveSingly(at: end, now)
            }
        }
        return moved
    }

    /// Whether an error concerns the work as a whole, and no ticket alone.
    private static func isOfAll(_ error: any Error) -> Bool {
        error is CancellationError || (error as? DatabaseError)?.isTransient == true
    }

    private func move(at end: ShiftEnd, limit: Int, only: TicketID? = nil, _ now: Moment) async throws -> Int {
        try await store.transaction { (transaction: borrowing Transaction) in
            let directory = try await store.directory(using: transaction)
            let moves = try await transaction.moves(of: end, in: directory, limit: limit, only: only, now: now)
            for move in moves { try await perform(move, under: end.rule, in: directory, using: transaction) }
            return moves.count
        }
    }

    /// Each ticket in a transaction of its own.
    private func moveSingly(at end: ShiftEnd, _ now: Moment) async throws -> Int {
        let tickets = try await store.transaction { (transaction: borrowing Transaction) in
            let directory = try await store.directory(using: transaction)
            return try await transaction.moves(of: end, in: directory, limit: 50 * Self.batch, now: now).map(\.ticket)
        }
        var moved = 0
        for ticket in tickets {
            do {
                moved += try await move(at: end, limit: 1, only: ticket, now)
            } catch let error where !Self.isOfAll(error) {
                log.error("a ticket could not follow the sun", ["ticket": "\(ticket)", "err": .error(error)])
            }
        }
        return moved
    }

    private func perform(
        _ move: ShiftMove, under rule: ShiftRule, in directory: Directory, using transaction: borrowing Transaction
    ) async throws {
        guard let record = try await transaction.glimpse(of: move.ticket) else { return }
        let site = directory.site(move.relief.place.site)
        let wording = Wording(site.flatMap { Language(tag: $0.language) } ?? .english)
        let entries = try await transaction.entries(of: move.ticket, including: true)
        let facts = KnownFacts(record, entries, desk: directory.organisation.name)
        let words = "\(wording(.shiftNote, ["rule": rule.name]))\n\n\(facts.text)"
        let note = Note(words, visibility: .internal, kind: .system)
        let recording = Recording(by: .program, note: note, cause: "shift \(rule.name)")
        try await store.record(on: move.ticket, recording, using: transaction) { occasion in
            guard let entry = occasion.entry else { preconditionFailure("a recording with a note has its entry") }
            return switch rule.action {
            case .handOver: .handedOver(move.relief, reason: "shift_end", note: entry)
            case .offer: .offered(move.relief, note: entry)
            }
        }
    }
}
