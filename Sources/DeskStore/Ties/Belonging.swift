public import Desk
public import Postgres

extension DeskStore {
    /// Makes a ticket a part of another: it is solved with it. What is reopened later is reopened alone.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` and `DatabaseError`.
    @discardableResult
    public func attach(
        _ number: TicketNumber, toParent parent: TicketNumber, _ recording: Recording,
        using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        try await transaction.lockLineage()
        let pair = try await transaction.hold(number, parent, for: .becameChild)
        try pair.requireSharedSecrecy(for: .becameChild)
        try pair.requireOpenOther(for: .becameChild)
        let (part, whole) = (pair.one.ticket, pair.other.ticket)
        try await transaction.checkLineage(of: part, under: whole.id)
        return try await record(on: part.id, recording, using: transaction) { _ in .becameChild(of: whole.id) }
    }
}

extension DeskStore {
    /// A part waits with the major incident: its clocks stand until that is solved or somebody takes the part up again.
    ///
    /// - Throws: `NoSuchTicket`, `TicketChanged`, `Refusal` and `DatabaseError`.
    @discardableResult
    public func waitWithParent(
        _ number: TicketNumber, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        guard let part = try await transaction.hold(number)?.ticket else {
            throw NoSuchTicket(number: number.description)
        }
        let isDisturbed = try await transaction.first("select has_disturbed_parent(\(part.id))", as: Bool.self)
        guard isDisturbed == true else {
            throw Refusal(reason: .isNoPart, state: part.state, event: .waitsForParent)
        }
        return try await record(on: part.id, recording, using: transaction) { _ in .waitsForParent }
    }
}

extension Transaction {
    /// How many tickets deep a whole with its parts may be.
    private static let deepest = 5

    /// Several changes that are harmless one by one can close a circle together: one at a time, in the whole desk.
    borrowing func lockLineage() async throws {
        try await run("select pg_advisory_xact_lock(hashtextextended('meridian.lineage', 0))")
    }

    /// - Throws: `Refusal` where a ticket would become a part of itself, or parts of parts too many.
    borrowing func checkLineage(of part: Ticket, under whole: TicketID) async throws {
        let lineage = try await first(
            "select circular, depth from lineage(\(part.id), \(whole))", as: (Bool, Int).self)
        guard let (isCircular, depth) = lineage else { preconditionFailure("the function gives one row") }
        if isCircular { throw Refusal(reason: .goesInCircles, state: part.state, event: .becameChild) }
        if depth > Self.deepest { throw Refusal(reason: .isTooDeep, state: part.state, event: .becameChild) }
    }
}
