/// What a ticket is about and how much it matters.
public struct Classification: Hashable, Sendable {
    public var kind: Ticket.Kind
    public var category: CategoryID?
    public var impact: Impact
    public var urgency: Urgency
    public var priority: Priority

    public init(kind: Ticket.Kind, category: CategoryID?, impact: Impact, urgency: Urgency, priority: Priority) {
        self.kind = kind
        self.category = category
        self.impact = impact
        self.urgency = urgency
        self.priority = priority
    }
}

/// What is to be different about a ticket; what is nil stays.
///
/// The priority stands beside impact and urgency, so that the log can be replayed after the matrix has changed, and so
/// that a person can overrule the matrix.
public struct Changes: Hashable, Sendable {
    public var kind: Ticket.Kind?
    public var category: CategoryID?
    public var removesCategory = false
    public var impact: Impact?
    public var urgency: Urgency?
    public var priority: Priority?
    public var language: String?
    /// The subject is text and therefore no part of events; that it was edited is.
    public var editsSubject = false

    public init() {}

    public var isEmpty: Bool { self == Changes() }

    /// The classification with these changes made.
    public func applied(to old: Classification) -> Classification {
        Classification(
            kind: kind ?? old.kind, category: removesCategory ? nil : category ?? old.category,
            impact: impact ?? old.impact, urgency: urgency ?? old.urgency, priority: priority ?? old.priority)
    }

    /// The same changes with the priority that the matrix gives, where impact or urgency change and nobody chose one.
    public func prioritised(for old: Classification, by matrix: PriorityMatrix) -> Changes {
        guard priority == nil, impact != nil || urgency != nil else { return self }
        var changes = self
        changes.priority = matrix.priority(impact ?? old.impact, urgency ?? old.urgency)
        return changes
    }
}
