/// Why an event cannot happen to a ticket as it is. The ticket stays as it was.
public struct Refusal: Error, Hashable, Sendable {
    public let reason: Reason
    public let state: Ticket.State
    public let event: Ticket.Event.Kind

    public init(reason: Reason, state: Ticket.State, event: Ticket.Event.Kind) {
        (self.reason, self.state, self.event) = (reason, state, event)
    }

    /// The raw value is the stable code under which the words of each language are kept.
    public enum Reason: String, Error, CaseIterable, Codable, Hashable, Sendable {
        case alreadyOpened = "already_opened"
        case alreadyRouted = "already_routed"
        case isResolved = "is_resolved"
        case isClosed = "is_closed"
        case isNotResolved = "is_not_resolved"
        case isWithTeamAlready = "is_with_team_already"
        case isWithAnotherTeam = "is_with_another_team"
        case isNotWaiting = "is_not_waiting"
        case isWithSupplier = "is_with_supplier"
        case isNotWithSupplier = "is_not_with_supplier"
        case clocksStand = "clocks_stand"
        case changesNothing = "changes_nothing"
        case isInThePast = "is_in_the_past"
        case nothingPromised = "nothing_promised"
        case hasTheTicket = "has_the_ticket"
        case isAskedAlready = "is_asked_already"
        case isNotAsked = "is_not_asked"
        case isNotOffered = "is_not_offered"
        case isConfidential = "is_confidential"
        case wasNotHandedOver = "was_not_handed_over"
        case isEscalatedAlready = "is_escalated_already"
        case cannotBeItsOwn = "cannot_be_its_own"
        case isMerged = "is_merged"
        case goesInCircles = "goes_in_circles"
        case isTooDeep = "is_too_deep"
        case hasParts = "has_parts"
        case isMajor = "is_major"
        case staysApart = "stays_apart"
        case wasPassedOn = "was_passed_on"
        case isNoPart = "is_no_part"
        case isNotMajor = "is_not_major"
    }
}

extension Refusal: CustomStringConvertible {
    /// What was wrong and what to do, in English, for logs and the command line.
    public var description: String {
        switch reason {
        case .alreadyOpened: "a ticket is opened once; this one is \(state.rawValue). Open another."
        case .alreadyRouted: "the routing table puts the ticket where it is already. Hand it over instead."
        case .isResolved: "the ticket is resolved. Reopen it first."
        case .isClosed: "the ticket is closed. Reopen it first."
        case .isNotResolved:
            "the ticket is \(state.rawValue). Resolve it with an outcome first; only then it can be closed or reopened."
        case .isWithTeamAlready:
            "the ticket is with that team already. Choose another team, or assign it within the team."
        case .isWithAnotherTeam: "the ticket is with another team. Hand it over to your own team first."
        case .isNotWaiting: "the ticket is \(state.rawValue) and waits for nothing. There is nothing to resume."
        case .isWithSupplier:
            "a supplier has or shares the ticket. Answer or recall it first, or write a message or a note."
        case .isNotWithSupplier: "the ticket is not shared with that supplier. Refer it first, or add a note."
        case .clocksStand: "the ticket is \(state.rawValue), and its clocks stand. There is no deadline to tell of."
        case .isInThePast: "that moment is over. Promise a later one."
        case .nothingPromised: "no call-back is promised. Promise one first, or write a note."
        case .hasTheTicket: "they have the ticket already. Write a note, or a message to the supplier."
        case .isAskedAlready: "they have been asked and have not answered yet. Wait, or withdraw the question."
        case .isNotAsked: "that question is settled or was never asked. Ask again, or write a note."
        case .isNotOffered: "the ticket is not offered to that team. Hand it over instead."
        case .isConfidential: "the ticket is confidential and stays with its team. Hand it over to another team first."
        case .wasNotHandedOver: "no other team has had the ticket. Ask the requester, or hand it over."
        case .isEscalatedAlready: "it has been carried up that far already. Choose a higher level."
        case .cannotBeItsOwn: "a ticket cannot be a part or the same of itself. Choose another ticket."
        case .isMerged: "the ticket was merged into another one. Go on there."
        case .goesInCircles: "the other ticket is a part of this one, directly or by others. Take it out first."
        case .isTooDeep: "parts of parts go no deeper than five tickets. Make it a part of one further up."
        case .hasParts: "the ticket has open parts. Take them out, or merge them first."
        case .isMajor: "the ticket is a major incident that others have joined. Stand it down first."
        case .isNotMajor: "the ticket is no major incident that goes on. Declare it one first."
        case .isNoPart:
            "the ticket is no part of a major incident that goes on. Put it on hold, with a word on what it waits for."
        case .staysApart:
            "a confidential ticket is tied only to tickets of the same team. Hand one of them over first, or link none."
        case .wasPassedOn:
            "another team or a supplier has had the ticket, or it came back. Resolve it as solved instead."
        case .changesNothing: "nothing would be different. Leave it, or change something."
        }
    }
}
