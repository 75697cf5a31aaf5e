public import Desk
public import Foundation
public import Moments
public import Postgres

/// A ticket with what is always told with it: who asked, when it is due, and which suppliers share it.
public struct TicketCard: Sendable, Equatable {
    public let record: TicketRecord
    public let requester: PersonRecord
    /// The address of the person who works on it.
    public let workerAddress: String?
    /// When a running clock of each measure is used up.
    public let due: [Measure: Moment]
    /// The ticket of which it is a part, and the one in which it goes on, where these eyes see them.
    public let parent: TicketNumber?
    public let mergedInto: TicketNumber?
    /// How many parts it has that these eyes see.
    public let children: Int
    /// Why a person chose the priority, in his words.
    public let priorityReason: String?
    public var bonds: [BondView] = []
    /// The identities of the open questions, by which the outside knows them.
    public var questions: [EntryID: UUID] = [:]
    public var links: [TicketLink] = []

    public var ticket: Ticket { record.ticket }
}

extension TicketCard: PostgresRow {
    public static var columns: String {
        """
        \(TicketRecord.columns), \(PersonRecord.columns), \
        (select a.address from person_address a where a.person = t.person order by a.address limit 1), \
        \(due(.firstResponse)), \(due(.resolution)), \
        (select o.number from ticket o where o.id = t.parent), \
        (select o.number from ticket o where o.id = t.merged_into), \
        (select count(*) from ticket o where o.parent = t.id), \
        (select e.text from entry e where e.id = t.priority_reason)
        """
    }

    private static func due(_ measure: Measure) -> String {
        """
        (select c.due_at from clock c where c.ticket = t.id and c.episode = t.episode \
        and c.measure = '\(measure.rawValue)' and c.state = 'running')
        """
    }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        record = try TicketRecord(from: &row)
        requester = try PersonRecord(from: &row)
        workerAddress = try row.read()
        var due: [Measure: Moment] = [:]
        for measure in Self.measures { due[measure] = try row.read() as Moment? }
        self.due = due
        (parent, mergedInto, children) = (try row.read(), try row.read(), try row.read())
        priorityReason = try row.read()
    }
}

extension TicketCard {
    /// A ticket that was opened a moment ago: nothing is tied to it yet.
    init(_ record: TicketRecord, of requester: PersonRecord, clocks: Clocks?) {
        var due: [Measure: Moment] = [:]
        for clock in clocks?.clocks ?? [] where clock.state == .running {
            if Self.measures.contains(clock.key.measure) { due[clock.key.measure] = clock.dueAt }
        }
        self.init(
            record: record, requester: requester, workerAddress: nil, due: due, parent: nil, mergedInto: nil,
            children: 0, priorityReason: nil)
    }

    /// Whose ends are told.
    private static let measures: [Measure] = [.firstResponse, .resolution]
}

extension Transaction {
    /// A ticket by its number; nil where there is none for these eyes.
    public borrowing func card(of number: TicketNumber) async throws -> TicketCard? {
        try await cards("t.number = \(number)").first
    }

    /// The tickets that a condition names, the newest first.
    borrowing func cards(_ condition: SQL) async throws -> [TicketCard] {
        var cards = try await all(
            Query<TicketCard>(
                """
                select \(columns: TicketCard.self) from ticket t join person p on p.id = t.requester
                where \(condition) order by t.id desc
                """))
        let bonds = try await all(
            Query<BondView>(
                """
                select \(columns: BondView.self) from supplier_ticket
                where ticket = any (\(cards.map(\.ticket.id.rawValue))) order by id
                """))
        let links = try await links(of: cards.map(\.ticket.id))
        for index in cards.indices {
            cards[index].links = links.filter { $0.ticket == cards[index].ticket.id }
            cards[index].bonds = bonds.filter { $0.ticket == cards[index].ticket.id }
        }
        let asked = cards.flatMap { $0.ticket.undertakings.inquiries.map(\.question) }
        if asked.isEmpty { return cards }
        let identities = try await all(
            "select id, uuid from entry where id = any (\(asked))", as: (EntryID, UUID).self)
        for index in cards.indices {
            let own = Set(cards[index].ticket.undertakings.inquiries.map(\.question))
            cards[index].questions = Dictionary(identities.filter { own.contains($0.0) }) { first, _ in first }
        }
        return cards
    }
}

extension DeskStore {
    public func card(of number: TicketNumber, seeing sight: Sight) async throws -> TicketCard? {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.card(of: number)
        }
    }

    /// The newest tickets first, `limit` of them behind the ticket with the key `before`.
    public func cards(
        _ filter: TicketFilter, before: TicketID? = nil, limit: Int = 50, seeing sight: Sight
    ) async throws -> [TicketCard] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.cards("t.id in (\(filter.newest(before: before, limit: limit)))")
        }
    }
}
