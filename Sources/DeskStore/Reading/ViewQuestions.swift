import Desk
import Moments
import Postgres

/// What is asked to show a ticket, as a part of whatever else a page asks in the same round trip.
struct ViewQuestions: Sendable {
    private let record: Pending<TicketRecord?>
    private let requester: Pending<PersonRecord?>
    private let version: Pending<Int64?>
    private let reason: Pending<String?>
    private let entries: EntryQuestions
    private let legs: Pending<[Leg]>
    private let clocks: ClockQuestions
    private let bonds: Pending<[BondView]>
    private let log: Pending<[LogLine]>
    private let returned: Pending<[ReturnedLetter]>

    /// - Parameter internalOnes: whether what only the desk may read is included.
    init(_ number: TicketNumber, including internalOnes: Bool, in batch: inout Batch) {
        let ticket: SQL = .ticket(number)
        record = batch.first(.numbered(number))
        requester = batch.first(.person(.of(number, "requester")))
        version = batch.first(.newestOrganisation, as: Int64.self)
        entries = EntryQuestions(of: ticket, including: internalOnes, in: &batch)
        legs = batch.all(.legs(of: ticket))
        clocks = ClockQuestions("ticket = \(ticket)", in: &batch)
        bonds = batch.all(.bonds(of: ticket))
        log = batch.all(.log(of: ticket))
        if internalOnes {
            reason = batch.first(
                "select text from entry where id = \(.of(number, "priority_reason"))", as: String.self)
            returned = batch.all(.returned(about: ticket))
        } else {
            (reason, returned) = (.known(nil), .known([]))
        }
    }

    /// The ticket's view; nil where there is none for the eyes that asked.
    ///
    /// - Parameter directory: gives the organisation of a version.
    func view(
        _ answers: BatchAnswers, asOf now: Moment, _ directory: (Int64) async throws -> Directory
    ) async throws -> TicketView? {
        guard let record = try answers[record], let requester = try answers[requester] else { return nil }
        guard let version = try answers[version] else { throw NoOrganisation() }
        let directory = try await directory(version)
        return TicketView(
            record: record, requester: requester, priorityReason: try answers[reason],
            entries: try entries.entries(answers), legs: try answers[legs],
            clocks: try clocks.clocks(answers, calendars: directory), bonds: try answers[bonds],
            log: try answers[log], returnedLetters: try answers[returned], directory: directory, asOf: now)
    }
}

extension SQL {
    /// The key of the ticket with a number, as a subquery; null where these eyes see none.
    static func ticket(_ number: TicketNumber) -> SQL { .of(number, "id") }

    /// A column of the ticket with a number, as a subquery.
    static func of(_ number: TicketNumber, _ column: SQL) -> SQL {
        "(select t.\(column) from ticket t where t.number = \(number))"
    }
}
