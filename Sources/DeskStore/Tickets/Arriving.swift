import Desk
import Moments
public import Postgres

/// What is asked before a request can be a ticket: who writes, under which keys it is kept, and what its requester may
/// be told. It travels with whatever else a door asks.
public struct Arriving: Sendable {
    let directory: Directory
    let arrival: Pending<Arrival?>
    let disturbances: Pending<[OpenDisturbance]>
}

/// One more mail of its sender within the hour, counted by the statement that asks who he is.
public struct MailCount: Sendable {
    let key: String
    /// Beyond this nothing is asked; nil for whatever is asked however much he writes.
    let limit: Int?

    public init(of sender: String, atMost limit: Int?) { (key, self.limit) = ("mail:\(sender)", limit) }

    /// Whether the last of so many is within the limit.
    public func allows(_ number: Int) -> Bool { limit.map { number <= $0 } ?? true }
}

extension Arriving {
    /// How many mails of the sender there were in the hour with this one; nil where the answer tells nothing, because
    /// they were too many, or another organisation is in force.
    public func count(in answers: BatchAnswers) throws(DatabaseError) -> Int? { try answers[arrival]?.count }
}

/// What the database knows and gives for a request before it is a ticket: who asks, and the keys of its rows.
struct Arrival: PostgresRow {
    static let columns = "a.id, a.name, a.address, a.language, a.class, a.home_site, a.is_returned"

    let requester: PersonRecord
    /// Whether mail to the address that he writes from came back.
    let isReturned: Bool
    let sequence: Int64
    let ticket: TicketID
    let entry: EntryID
    let count: Int?

    init(from row: inout RowReader) throws(UndecodableColumn) {
        (requester, isReturned) = (try PersonRecord(from: &row), try row.read())
        (sequence, ticket, entry) = (try row.read(), try row.read(), try row.read())
        // Whose eyes see from here on.
        _ = try row.read(String.self)
        count = try row.read(Int32?.self).map(Int.init)
    }
}

extension DeskStore {
    /// Asks, by an organisation that was in force a moment ago, what `open` is to go on with. Whoever asks holds the
    /// organisation in force before.
    ///
    /// - Parameters:
    ///   - count: what is counted with it.
    ///   - tellsTrouble: whether it is asked too what its requester may be told of disturbances.
    public func arriving(
        _ submission: Submission, counting count: MailCount? = nil, tellsTrouble: Bool = false,
        in directory: Directory, asking batch: inout Batch
    ) -> Arriving {
        Arriving(
            directory: directory,
            arrival: batch.first(Query<Arrival>.of(submission, in: directory, counting: count, now: now)),
            disturbances: tellsTrouble ? OpenDisturbance.asked(in: &batch) : .known([]))
    }

    /// Who asks, by the organisation in force. The question is put by the last that was known; where another has
    /// followed, it is put again.
    ///
    /// - Parameter asked: what was asked already.
    func arrival(
        of submission: Submission, asked: (questions: Arriving, answers: BatchAnswers)?, tellsTrouble: Bool,
        using transaction: borrowing Transaction
    ) async throws -> (Directory, Arrival, [OpenDisturbance]) {
        var asked = asked
        var directory: Directory
        if let known = asked?.questions.directory ?? directories.newest {
            directory = known
        } else {
            directory = try await self.directory(using: transaction)
        }
        while true {
            let questions: Arriving
            let answers: BatchAnswers
            if let first = asked {
                (questions, answers, asked) = (first.questions, first.answers, nil)
            } else {
                var batch = Batch()
                batch.holdOrganisation()
                questions = arriving(submission, tellsTrouble: tellsTrouble, in: directory, asking: &batch)
                answers = try await transaction.ask(batch)
            }
            if let arrival = try answers[questions.arrival] {
                return (directory, arrival, try answers[questions.disturbances])
            }
            guard let version = try await transaction.first(.newestOrganisation, as: Int64.self) else {
                throw NoOrganisation()
            }
            if version == directory.version { throw NoSuchPerson(address: submission.requester.address) }
            directory = try await self.directory(version: version, using: transaction)
        }
    }
}

extension Query<Arrival> {
    /// The ticket has no scopes yet: its requester is the one who sees it while it is written. Where the organisation
    /// is not the one in force nothing is asked, given or written: there is no row.
    fileprivate static func of(
        _ submission: Submission, in directory: Directory, counting count: MailCount?, now: Moment
    ) -> Self {
        let (contact, site) = (submission.requester, submission.site)
        let person: SQL = .knownPerson(
            at: "o.address", orKnownAs: contact.name.isEmpty ? contact.address : contact.name,
            language: contact.language ?? contact.likelyLanguage ?? directory.language(of: site),
            homeSite: site, now: now)
        let counted: SQL = count.map { "with counted as (\(SQL.oneMore(of: $0.key, at: now)))" } ?? ""
        let number: SQL = count == nil ? "null::int" : "(select count from counted)"
        let isWithin: SQL = (count?.limit).map { "and (select count from counted) <= \($0)" } ?? ""
        return """
            \(counted) select \(columns: Arrival.self),
                next_ticket_sequence(coalesce(\(site), a.home_site, \(directory.defaultSite))),
                nextval('ticket_id_seq'), nextval('entry_id_seq'),
                set_config('meridian.requester', a.id::text, true), \(number)
            from (
                select version, \(contact.address.lowercased()) as address
                from organisation order by version desc limit 1
            ) o cross join lateral \(person) a
            where o.version = \(directory.version) \(isWithin)
            """
    }
}
