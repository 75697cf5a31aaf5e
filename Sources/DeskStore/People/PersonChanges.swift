public import Desk
import JSON
import Moments
import Postgres

/// What is to be different about a person; what is nil stays.
public struct PersonChanges: Sendable, Equatable {
    public var name: String?
    public var language: String?
    public var personClass: String?
    /// Inner nil: he has no home.
    public var homeSite: SiteID??
    public var organisation: String??
    public var relation: PersonCard.Relation??

    public init() {}
}

extension DeskStore {
    /// Changes what the desk knows of a person. What is promised for his open tickets follows another class, and
    /// another home with its hours, from now on.
    ///
    /// - Throws: `NoSuchPerson`, `DatabaseError`.
    public func change(_ person: PersonID, _ changes: PersonChanges, by actor: Ticket.Actor) async throws {
        let now = now
        try await change(person) { (transaction: borrowing Transaction) in
            guard let before = try await transaction.first(.card("p.id = \(person)")) else { return }
            let (home, organisation) = (
                changes.homeSite ?? before.homeSite, changes.organisation ?? before.organisation
            )
            let (personClass, relation) = (
                changes.personClass ?? before.personClass, changes.relation ?? before.relation
            )
            let (name, language) = (changes.name ?? before.name, changes.language ?? before.language)
            var data = JSONObject()
            if name != before.name { data["name"] = true }
            if language != before.language { data["language"] = language.json }
            if personClass != before.personClass { data["class"] = personClass.json }
            if home != before.homeSite { data["home_site"] = home.map { Int($0.rawValue).json } ?? .null }
            if organisation != before.organisation { data["organisation"] = organisation.json }
            if relation != before.relation { data["relation"] = relation.map { $0.rawValue.json } ?? .null }
            if data.isEmpty { return }
            try await transaction.run(
                """
                update person set name = \(name), language = \(language), class = \(personClass), home_site = \(home),
                    organisation = \(organisation), relation = \(relation)
                where id = \(person)
                """)
            transaction.note(.changed, about: person, .object(data), by: actor, at: now)
            guard personClass != before.personClass || home != before.homeSite else { return }
            // The door that changes a person need not see his tickets.
            try await transaction.see(as: person)
            let open = try await transaction.all(
                """
                select t.id from ticket t
                where t.requester = \(person) and t.state not in ('resolved', 'closed') order by t.id
                """, as: TicketID.self)
            for ticket in open {
                try await followTerms(ticket, cause: "the requester's class or home", using: transaction)
            }
        }
    }
}
