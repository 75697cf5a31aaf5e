public import Catalogue
public import Desk
public import DeskStore

/// What somebody of the desk does, and by that which door opens.
public protocol Duty: Sendable {
    /// The roles that include it; one of them at one site is enough.
    static var roles: [Role] { get }
}

/// Works on tickets.
public enum TicketDuty: Duty {
    public static let roles: [Role] = [.agent, .lead, .administrator]
}

/// Reads tickets and is told of them: also those to whom matters are carried up, who work on none.
public enum OversightDuty: Duty {
    public static let roles: [Role] = [.agent, .lead, .manager, .administrator]
}

/// Reads figures.
public enum FiguresDuty: Duty {
    public static let roles: [Role] = [.manager, .lead, .administrator]
}

/// A person who works on tickets: holds the role agent, lead or administrator somewhere.
public typealias Agent = Staff<TicketDuty>

/// A person who is told of tickets: holds any role somewhere.
public typealias Overseer = Staff<OversightDuty>

/// A person who reads figures: holds the role manager, lead or administrator somewhere.
public typealias Manager = Staff<FiguresDuty>

/// A person of the desk who has signed in and whose roles include a duty.
public struct Staff<Work: Duty>: Sendable {
    public let visit: Visit
    public let person: PersonRecord
    public let rights: Rights

    /// - Throws: `TurnedAway` for strangers, and for people without the roles.
    init(_ visit: Visit) throws(TurnedAway) {
        guard let person = visit.person else { throw .notSignedIn }
        guard let rights = visit.rights, Self.includes(rights) else { throw .notAllowed }
        (self.visit, self.person, self.rights) = (visit, person, rights)
    }

    /// The same person before the pages of another duty, which ask for themselves what he may do there.
    public init<Other>(as other: Staff<Other>) {
        (visit, person, rights) = (other.visit, other.person, other.rights)
    }

    public var wording: Wording { visit.wording }
    /// Whose tickets the person sees: those of the own sites and teams.
    public var sight: Sight { rights.sight }
    public var actor: Ticket.Actor { .person(person.id) }

    /// Whether he works on tickets, and does not only read them.
    public var worksOnTickets: Bool { Agent.includes(rights) }

    /// Whether somebody with these rights has the duty.
    public static func includes(_ rights: Rights) -> Bool { Work.roles.contains(where: rights.has) }
}
