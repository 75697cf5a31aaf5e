public import Moments

/// Which of a ticket's clocks is meant, within an episode.
public struct ClockKey: Hashable, Sendable {
    public let measure: Measure
    public let subject: ClockSubject
    /// When the round began of which the clock is; nil for a measure that has one round in an episode.
    public let round: Moment?

    public init(_ measure: Measure, about subject: ClockSubject = .ticket, round: Moment? = nil) {
        (self.measure, self.subject, self.round) = (measure, subject, round)
    }
}

/// Whose promise a clock measures: the desk's for the ticket, or that of one team or supplier.
public enum ClockSubject: Hashable, Sendable {
    case ticket
    case team(TeamID)
    case supplier(SupplierID)

    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case ticket
        case team
        case supplier
    }

    public var kind: Kind {
        switch self {
        case .ticket: .ticket
        case .team: .team
        case .supplier: .supplier
        }
    }

    /// The key of the team or the supplier; a ticket is its own.
    public var identifier: Int64? {
        switch self {
        case .ticket: nil
        case .team(let id): id.rawValue
        case .supplier(let id): id.rawValue
        }
    }

    public var supplier: SupplierID? {
        guard case .supplier(let id) = self else { return nil }
        return id
    }

    /// The subject as two columns keep it; the ticket where they do not belong together.
    public init(_ kind: Kind, identifier: Int64?) {
        switch (kind, identifier) {
        case (.team, let id?): self = .team(TeamID(id))
        case (.supplier, let id?): self = .supplier(SupplierID(id))
        case (.ticket, _), (.team, nil), (.supplier, nil): self = .ticket
        }
    }
}
