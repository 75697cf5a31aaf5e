public import Desk
import Postgres

extension DeskStore {
    /// Says as what somebody is served, such as `vip`, and to which organisation or department he belongs; what is nil
    /// stays. What is promised for his open tickets follows from now on.
    public func mark(_ person: PersonID, personClass: String?, organisation: String?) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.run(
                """
                update person set class = coalesce(\(personClass), class),
                    organisation = coalesce(\(organisation), organisation)
                where id = \(person)
                """)
            if personClass == nil { return }
            let open = try await transaction.all(
                """
                select t.id from ticket t
                where t.requester = \(person) and t.state not in ('resolved', 'closed') order by t.id
                """, as: TicketID.self)
            for ticket in open {
                try await followTerms(ticket, cause: "the requester's class", using: transaction)
            }
        }
    }
}
