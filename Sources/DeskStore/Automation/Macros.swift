public import Desk
import Moments
public import Postgres

/// No macro has that code.
public struct NoSuchMacro: Error, Equatable, CustomStringConvertible {
    public let code: String
    public init(code: String) { self.code = code }
    public var description: String { "The organisation has no macro \"\(code)\"." }
}

/// A macro of which some steps are not possible; none was taken.
public struct MacroRefused: Error, Equatable, CustomStringConvertible {
    public let macro: String
    public let state: Ticket.State
    /// Every step that is not possible; empty where all would change nothing.
    public let faults: [StepFault]

    public var description: String {
        if faults.isEmpty { return "Nothing would be different: all that the macro does is so already." }
        let steps = faults.map { "step \($0.step) (\($0.action))" }.joined(separator: ", ")
        return "Nothing was done, because not all of the macro is possible now: \(steps)."
    }
}

extension DeskStore {
    /// Does all that a macro says to a ticket, or nothing.
    ///
    /// - Throws: `NoSuchTicket`, `NoSuchMacro`, `TicketChanged`, `MacroRefused` with every step that is not possible,
    ///   and `DatabaseError`.
    @discardableResult
    public func run(
        macro code: String, on number: TicketNumber, _ recording: Recording, using transaction: borrowing Transaction
    ) async throws -> TicketRecord {
        let directory = try await directory(using: transaction)
        guard let macro = directory.organisation.automation.macro(code) else { throw NoSuchMacro(code: code) }
        guard let held = try await transaction.hold(number),
            let requester = try await transaction.first(.person(held.ticket.requester))
        else { throw NoSuchTicket(number: number.description) }
        if let expected = recording.expecting, expected != held.ticket.revision {
            throw TicketChanged(revision: held.ticket.revision)
        }
        let writer = AutomationWriter(record: held, requester: requester, directory: directory, basis: .person)
        let rehearsal = Rehearsal(
            try writer.steps(macro.actions), on: held.ticket, at: now, by: recording.actor)
        guard rehearsal.faults.isEmpty, !rehearsal.steps.isEmpty else {
            throw MacroRefused(macro: code, state: held.ticket.state, faults: rehearsal.faults)
        }
        let mark = AutomationMark(.macro(code), version: directory.version)
        return try await take(
            rehearsal.steps, marked: mark, on: held, recording, in: directory, using: transaction
        ).after
    }
}
