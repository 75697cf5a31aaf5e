public import Moments

/// What must follow from an event, in the same transaction. The store performs effects in the order given.
public enum Effect: Hashable, Sendable {
    /// The open leg ends. If the episode goes on, `openLeg` follows at the same instant.
    case closeLeg(at: Moment)
    case openLeg(Leg)

    /// Other clocks ought to run than before, or another target or calendar may hold for them.
    case settleClocks

    /// What this clock measures was done: it ends because it was kept, and not because nobody asks for it any more.
    case keep(ClockKey)

    /// The routing table has to decide.
    case route
    case tell(Audience, Letter, entry: EntryID?)
    case deliver(SupplierID, SupplierMessage)
    /// The desk that gave us the ticket hears of it.
    case report(SupplierID, ServiceReport)
    /// The suppliers that have solved it are told that it is closed; the desk that gave it to us hears no more of it.
    case closeBonds
    case link(TicketID, LinkKind)
    case unlink(TicketID, LinkKind)
    /// The person is told how the ticket ends.
    case follow(PersonID)
    /// The parts of the ticket are solved with it.
    case resolveChildren
    /// The parts that wait with the ticket are taken up again: it is no major incident.
    case resumeChildren
    /// What the doors tell of it ends.
    case endAnnouncements
    /// The ticket is closed if nobody says anything for as long as the organisation waits.
    case closeWhenSilent
    /// A ticket that is on hold is taken up again at that time, unless it has been before.
    case resume(at: Moment)
    /// Exactly these scopes see the ticket from now on, beside its requester; with a site, those too who answer for it
    /// and are at home elsewhere.
    case setAccess([Scope])

    /// Whether it is about who sees the ticket.
    public var isOfAccess: Bool { if case .setAccess = self { true } else { false } }
}

/// Whom a letter is for.
public enum Audience: Hashable, Sendable {
    case requester
    case person(PersonID)
    /// Whoever holds the position when the letter is sent.
    case position(PositionID)
    /// Those who lead the team (hierarchical escalation).
    case leads(TeamID)
    /// Everybody who holds a position of the team.
    case team(TeamID)
    /// Those who manage a site, or with no site the organisation.
    case managers(SiteID?)
    /// Everybody who follows the ticket.
    case followers
}

extension Audience {
    /// Those to whom a matter of a place is carried up.
    static func above(_ place: Place, _ level: EscalationLevel) -> Audience {
        switch level {
        case .lead: .leads(place.team)
        case .site: .managers(place.site)
        case .organisation: .managers(nil)
        }
    }
}

/// What goes to a supplier; the entry is what may be sent along after the supplier's allow-list was applied.
public enum SupplierMessage: Hashable, Sendable {
    case referral(note: EntryID?)
    case answer(note: EntryID)
    case withdrawal(note: EntryID?)
    /// A question to a supplier that does not get the ticket with it (S55).
    case question(note: EntryID)
    /// What the desk or the requester wrote to the other while the supplier has the ticket.
    case note(EntryID)
    /// Impact, urgency or priority are others.
    case change
    /// The supplier solved it once, and has it again.
    case reopening(note: EntryID?)
    /// The ticket that the supplier solved is closed.
    case closure
    /// So much of the time of its contract is used up.
    case escalation(ContractMark)

    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case referral
        case answer
        case withdrawal
        case question
        case note
        case change
        case reopening
        case closure
        case escalation
    }

    public var kind: Kind {
        switch self {
        case .referral: .referral
        case .answer: .answer
        case .withdrawal: .withdrawal
        case .question: .question
        case .note: .note
        case .change: .change
        case .reopening: .reopening
        case .closure: .closure
        case .escalation: .escalation
        }
    }

    public var note: EntryID? {
        switch self {
        case .referral(let note), .withdrawal(let note), .reopening(let note): note
        case .answer(let note), .question(let note), .note(let note): note
        case .change, .closure, .escalation: nil
        }
    }

    /// What an escalation is about.
    public var mark: ContractMark? {
        guard case .escalation(let mark) = self else { return nil }
        return mark
    }
}

/// A circle of people who see tickets.
public enum Scope: Hashable, Sendable {
    case site(SiteID)
    /// A confidential team.
    case team(TeamID)
    case supplier(SupplierID)

    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case site
        case team
        case supplier
    }

    public var kind: Kind {
        switch self {
        case .site: .site
        case .team: .team
        case .supplier: .supplier
        }
    }

    /// The key of the site, the team or the supplier.
    public var subject: Int64 {
        switch self {
        case .site(let id): id.rawValue
        case .team(let id): id.rawValue
        case .supplier(let id): id.rawValue
        }
    }
}
