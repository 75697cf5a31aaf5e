public import Catalogue
public import Desk
public import DeskStore

/// A person who works on tickets: holds the role agent, lead or administrator somewhere.
public struct Agent: Sendable {
    public let visit: Visit
    public let person: PersonRecord
    public let rights: Rights

    init?(_ visit: Visit) {
        guard let person = visit.person, let rights = visit.rights, Self.roles.contains(where: rights.has) else {
            return nil
        }
        (self.visit, self.person, self.rights) = (visit, person, rights)
    }

    public var wording: Wording { visit.wording }
    /// Whose tickets the agent sees: those of the own sites and teams.
    public var sight: Sight { rights.sight }
    public var actor: Ticket.Actor { .person(person.id) }

    static let roles: [Role] = [.agent, .lead, .administrator]
}
