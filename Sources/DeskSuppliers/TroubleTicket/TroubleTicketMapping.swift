public import Desk

/// How one supplier's words and ours stand for each other: data of the agreement, where the standard says nothing else.
public struct TroubleTicketMapping: Hashable, Sendable {
    /// What the supplier's words for states mean, beside those of the standard.
    public var states: [String: TroubleTicketStatus]
    /// Our priorities in the supplier's words.
    public var priorities: [Priority: String]
    /// Our impacts as severities in the supplier's words.
    public var severities: [Impact: String]
    /// Our kinds of ticket in the supplier's words.
    public var types: [Ticket.Kind: String]

    /// Our categories in the supplier's words, by their codes.
    public var categories: [String: String]

    /// The words of MEF 124.
    public static let standard = TroubleTicketMapping()

    public init(
        states: [String: TroubleTicketStatus] = [:], priorities: [Priority: String] = [:],
        severities: [Impact: String] = [:], types: [Ticket.Kind: String] = [:],
        categories: [String: String] = [:]
    ) {
        (self.states, self.categories) = (states, categories)
        self.priorities = Self.priorities.merging(priorities) { $1 }
        self.severities = Self.severities.merging(severities) { $1 }
        self.types = Self.types.merging(types) { $1 }
    }

    /// What the agreement says. A word of the standard means what the standard says.
    public init(_ mapping: Supplier.Mapping) {
        let own = mapping.states.filter { TroubleTicketStatus(spelled: $0.key) == nil }
        self.init(
            states: own.mapValues { TroubleTicketStatus($0) }, priorities: mapping.priorities,
            categories: mapping.categories)
    }

    /// What a word of the supplier's for a state means; nil where nobody has said.
    public func status(of word: String) -> TroubleTicketStatus? {
        let letters = TroubleTicketStatus.letters(of: word)
        return states.first { TroubleTicketStatus.letters(of: $0.key) == letters }?.value
            ?? TroubleTicketStatus(spelled: word)
    }

    private static let priorities: [Priority: String] = [
        .critical: "critical", .high: "high", .medium: "medium", .low: "low", .planned: "low",
    ]
    private static let severities: [Impact: String] = [.high: "extensive", .medium: "significant", .low: "minor"]
    private static let types: [Ticket.Kind: String] = [
        .incident: "incident", .serviceRequest: "request", .informationRequest: "information",
    ]
}

extension TroubleTicketStatus {
    /// The word of the standard for how far a supplier is.
    public init(_ state: SupplierState) {
        switch state {
        // Until the supplier has answered it is we who hold the ticket ready.
        case .sent, .acknowledged: self = .acknowledged
        case .inProgress: self = .inProgress
        case .waitingForUs: self = .pending
        case .resolved: self = .resolved
        case .rejected: self = .rejected
        case .withdrawn: self = .cancelled
        }
    }
}

extension TroubleTicketMapping {
    /// Whether nothing can be asked of a ticket of theirs any more but to open it again.
    public func isOver(_ ticket: TroubleTicket) -> Bool {
        ticket.status.flatMap(status(of:)).map { $0.isFinal || $0 == .resolved || $0 == .assessingCancellation }
            ?? false
    }
}
