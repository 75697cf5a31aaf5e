public import Desk
public import Foundation
public import Moments
public import Postgres
public import TimeZones

/// A letter that is owed, with what is needed to write it.
public struct OwedLetter: Sendable {
    public let id: Int64
    public let uuid: UUID
    public let kind: Letter
    public let record: TicketRecord
    /// The identity of the ticket in reply addresses.
    public let conversation: UUID
    public let entry: EntryView?
    /// The event that the letter tells of.
    public let cause: Ticket.Event?
    /// The ticket in which this one goes on.
    public let other: TicketNumber?
    /// When the clock that a deadline belongs to is or was due; of an acknowledgement, when an answer was promised.
    public let due: Moment?
    /// When the team that has the ticket opens again; nil where it is open.
    public let opensAt: Moment?
    /// The zone in which times are told: of an acknowledgement that of the requester's site, else that of the site
    /// which received the ticket.
    public let zone: Zone?
    public let writtenAt: Moment
    public internal(set) var recipients: [PersonRecord]
    /// Those among them who are told that there is something, but not what: they do not see the ticket.
    public let outsiders: Set<PersonID>
    /// What those who follow the ticket of another reported themselves, by which they know the matter.
    public let ownReports: [PersonID: OwnReport]
    /// By what title the matter was announced, by language.
    public let titles: [String: String]
    /// What an acknowledged report has to do with what is announced.
    public let trouble: KnownTrouble
    /// The mails that each recipient and the desk have exchanged about the ticket, the oldest first.
    public let mails: [PersonID: [ThreadMail]]
    /// How far the sending to each of those has come to whom it was tried.
    public let deliveries: [PersonID: Delivery]
    public let directory: Directory
    /// What it carries to a supplier, if it is for one; then nothing else goes into it.
    public internal(set) var exchange: OwedExchange?
    /// The words of a site that are not in force, to see how they look.
    var ownTemplates: LetterTemplates?

    /// The words that the site has for its letters.
    public var templates: LetterTemplates {
        ownTemplates ?? directory.site(record.ticket.origin)?.letters ?? LetterTemplates()
    }
}

extension DeskStore {
    /// Reads a letter and settles whom it is for: who holds the position at this moment, not when it was written.
    public func letter(_ id: Int64, using transaction: borrowing Transaction) async throws -> OwedLetter? {
        guard
            let (uuid, kind, ticket, entry, audience, subject, writtenAt) = try await transaction.first(
                "select uuid, kind, ticket, entry, audience, subject, written_at from letter where id = \(id)",
                as: (UUID, Letter, TicketID, EntryID?, String, Int64?, Moment).self),
            let record = try await transaction.glimpse(of: ticket),
            let conversation = try await transaction.first(
                "select uuid from ticket where id = \(ticket)", as: UUID.self)
        else { return nil }
        let directory = try await directory(using: transaction)
        let happened = try await transaction.lastLine(of: ticket, at: writtenAt)?.recorded
        let cause = happened?.event
        var recipients = try await recipients(audience, subject, of: record.ticket, using: transaction)
        // Nobody is told what he did himself, as the holder of a position neither. That a letter came back nobody did.
        if audience != "requester", kind != .undelivered, case .person(let actor) = happened?.actor {
            recipients.removeAll { $0.id == actor }
        }
        var outsiders: Set<PersonID> = []
        if record.ticket.responsibility.isConfidential, !kind.isForRequester {
            let insiders = try await onlookers(
                of: record.ticket, among: recipients.map(\.id), in: directory, using: transaction)
            // That something was carried up is told in any case; nobody else hears of what is kept from him.
            if audience != "managers" { recipients.removeAll { !insiders.contains($0.id) } }
            outsiders = Set(recipients.map(\.id)).subtracting(insiders)
        }
        let home = (kind == .acknowledgement ? recipients.first?.homeSite : nil) ?? record.ticket.origin
        var words: EntryView?
        if let entry { words = try await transaction.line(entry) }
        // Whom the desk writes to gets the files too; what it says to itself goes to nobody.
        if let entry, kind.isForRequester, words?.visibility == .public {
            words?.attachments = try await transaction.files(of: entry, on: ticket)
        }
        let exchange = audience == "supplier" ? try await exchange(of: id, in: directory, using: transaction) : nil
        if audience == "supplier" {
            // To a supplier that reads no mail any more nothing goes, least of all what only it was to have.
            recipients = exchange.map { owed in recipients.map { $0.reached(at: owed.address) } } ?? []
        }
        return OwedLetter(
            id: id, uuid: uuid, kind: kind, record: record, conversation: conversation,
            entry: words, cause: cause,
            other: try await other(cause, using: transaction),
            due: try await due(kind, cause, of: record.ticket, using: transaction),
            opensAt: directory.opening(of: record.ticket, after: now),
            zone: directory.site(home).flatMap { try? zones.zone($0.zone) }, writtenAt: writtenAt,
            recipients: recipients, outsiders: outsiders,
            ownReports: audience == "followers" ? try await transaction.reports(mergedInto: ticket) : [:],
            titles: audience == "followers" ? try await transaction.announcedTitles(of: ticket) : [:],
            trouble: kind == .acknowledgement
                ? try await knownTrouble(of: record, using: transaction) : KnownTrouble(),
            mails: try await transaction.mails(about: ticket, with: recipients.map(\.id), before: id),
            deliveries: try await transaction.deliveries(of: id), directory: directory, exchange: exchange)
    }

    private func other(
        _ cause: Ticket.Event?, using transaction: borrowing Transaction
    ) async throws -> TicketNumber? {
        guard case .merged(let other) = cause else { return nil }
        return try await transaction.first("select number from ticket where id = \(other)", as: TicketNumber.self)
    }

    private func due(
        _ letter: Letter, _ cause: Ticket.Event?, of ticket: Ticket, using transaction: borrowing Transaction
    ) async throws -> Moment? {
        let mark: ClockMark
        switch (letter, cause) {
        case (.acknowledgement, _): mark = ClockMark(.firstResponse)
        case (_, .deadlineNear(let near)): mark = near
        case (_, .deadlineMissed(let missed)): mark = missed
        default: return nil
        }
        let subject = mark.subject
        return try await transaction.first(
            """
            select due_at from clock
            where ticket = \(ticket.id) and episode = \(ticket.episode) and measure = \(mark.measure)
                and subject = \(subject.kind) and subject_key is not distinct from \(subject.identifier)
            order by id desc limit 1
            """,
            as: Moment?.self) ?? nil
    }

    private func recipients(
        _ audience: String, _ subject: Int64?, of ticket: Ticket, using transaction: borrowing Transaction
    ) async throws -> [PersonRecord] {
        let directory = try await directory(using: transaction)
        let team = ticket.responsibility.place.team
        let people: SQL
        // The positions by which people are meant; nil where a letter is for somebody outside the desk.
        var positions: [PositionID]? = [ticket.responsibility.position]
        switch audience {
        case "requester": (people, positions) = ("select \(ticket.requester)::bigint", nil)
        case "supplier": (people, positions) = ("select \(subject)::bigint", nil)
        case "person":
            // He may have turned out to be another since it was written.
            people = "select coalesce(m.merged_into, m.id) from person m where m.id = \(subject)"
        case "position":
            positions = [PositionID(subject ?? 0)]
            people = .holders(of: [PositionID(subject ?? 0)], at: now)
        case "followers":
            positions = nil
            people = """
                select f.person from follower f where f.ticket = \(ticket.id) and f.person <> \(ticket.requester)
                """
        case "managers":
            positions = directory.leads(of: team)
            people = try await transaction.nearest(of: [.managers(of: subject), .managers(of: nil)])
        case "leads":
            let leads = directory.leads(of: TeamID(subject ?? 0))
            positions = leads
            let site = ticket.responsibility.place.site.rawValue
            people = try await transaction.nearest(of: [
                .holders(of: leads, at: now), .appointees(of: leads, at: now), .managers(of: site), .managers(of: nil),
            ])
        default:
            let members = directory.members(of: TeamID(subject ?? 0))
            (people, positions) = (.holders(of: members, at: now), members)
        }
        var reached = people
        if let positions {
            let there = try await self.reached(people, by: positions, about: ticket, in: directory, using: transaction)
            reached = "select unnest(\(there)::bigint[])"
        }
        return try await transaction.all(
            Query<PersonRecord>(
                """
                select \(columns: PersonRecord.self) from person p
                where p.id in (\(reached)) and exists (select from person_address a where a.person = p.id) order by p.id
                """))
    }
}

extension Directory {
    /// The positions of a team.
    func members(of team: TeamID) -> [PositionID] {
        let code = teams.code(of: team)
        return organisation.positions.filter { $0.team == code }.compactMap { positions[$0.code] }
    }

    /// The positions that lead a team.
    func leads(of team: TeamID) -> [PositionID] {
        let code = teams.code(of: team)
        return organisation.positions.filter { $0.team == code && $0.leads }.compactMap { positions[$0.code] }
    }
}
