public import Desk
import Moments
public import Postgres

extension EscalationLevel: PostgresValue {}
extension LinkKind: PostgresValue {}

extension RowReader {
    /// What is promised, asked and offered, in the order of the ticket's columns.
    mutating func readUndertakings() throws(UndecodableColumn) -> Undertakings {
        let (due, promisedAt): (Moment?, Moment?) = (try read(), try read())
        let inquiries: [Int64?] = try read()
        let (site, tier, team): (SiteID?, Int?, TeamID?) = (try read(), try read(), try read())
        var offer: Place?
        if let site, let tier, let team { offer = Place(site: site, tier: tier, team: team) }
        var callback: Callback?
        if let due, let promisedAt { callback = Callback(due: due, promisedAt: promisedAt) }
        return Undertakings(
            callback: callback, inquiries: Inquiry.list(inquiries), offer: offer, isSufficient: try read(),
            returns: try read(), escalation: try read(), escalatedAt: try read(), resumesAt: try read(),
            means: try read())
    }

    /// The tickets that it belongs to, in the order of the ticket's columns.
    mutating func readTies() throws(UndecodableColumn) -> Ties {
        Ties(
            parent: try read(), mergedInto: try read(), isMajor: try read(), hasFollowers: try read(),
            listeners: try read(), waitsForParent: try read())
    }
}

extension Inquiry {
    /// The open questions of a ticket from one list of numbers, six to a question: a single column is cheaper than six.
    fileprivate static func list(_ numbers: [Int64?]) -> [Inquiry] {
        stride(from: 0, to: numbers.count - numbers.count % 6, by: 6).compactMap { start in
            let row = numbers[start..<start + 6].map { $0 }
            guard let question = row[0], let askedAt = row[5] else { return nil }
            let addressee: Addressee
            switch (row[1], row[2], row[3], row[4]) {
            case (let supplier?, _, _, _): addressee = .supplier(SupplierID(supplier))
            case (nil, let site?, let tier?, let team?):
                addressee = .team(Place(site: SiteID(site), tier: Int(tier), team: TeamID(team)))
            default: return nil
            }
            return Inquiry(
                question: EntryID(question), addressee: addressee, askedAt: Moment(microseconds: askedAt))
        }
    }
}

extension Transaction {
    /// Saves what changed in the questions of a ticket.
    borrowing func save(inquiriesOf ticket: Ticket, since old: Ticket, after event: Ticket.Event) async throws {
        let (before, after) = (old.undertakings.inquiries, ticket.undertakings.inquiries)
        if before == after { return }
        for inquiry in after where !before.contains(inquiry) {
            var (place, supplier): (Place?, SupplierID?)
            switch inquiry.addressee {
            case .team(let team): place = team
            case .supplier(let asked): supplier = asked
            }
            try await run(
                """
                insert into inquiry (question, ticket, site, tier, team, supplier, asked_at)
                values (\(inquiry.question), \(ticket.id), \(place?.site), \(place?.tier), \(place?.team), \(supplier),
                    \(inquiry.askedAt))
                """)
        }
        var answer: EntryID?
        if case .inquiryAnswered(_, let entry) = event { answer = entry }
        let ended = before.filter { !after.contains($0) }.map(\.question)
        if ended.isEmpty { return }
        try await run(
            "update inquiry set ended_at = \(ticket.updatedAt), answer = \(answer) where question = any (\(ended))")
    }
}
