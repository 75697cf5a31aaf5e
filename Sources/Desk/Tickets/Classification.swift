import JSON

/// What a ticket is about and how much it matters.
public struct Classification: Hashable, Sendable {
    public var kind: Ticket.Kind
    public var category: CategoryID?
    public var impact: Impact
    public var urgency: Urgency
    public var priority: Priority
    /// Who set the priority; the matrix does so until a rule or a person overrules it.
    public var basis: PriorityBasis
    /// The note in which a person said why he overruled the matrix.
    public var priorityReason: EntryID?
    /// Codes by which tickets are found and counted, in order and each once.
    public var tags: [String]

    public init(
        kind: Ticket.Kind, category: CategoryID?, impact: Impact, urgency: Urgency, priority: Priority,
        basis: PriorityBasis = .matrix, priorityReason: EntryID? = nil, tags: [String] = []
    ) {
        self.kind = kind
        self.category = category
        self.impact = impact
        self.urgency = urgency
        self.priority = priority
        self.basis = basis
        self.priorityReason = priorityReason
        self.tags = tags
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
    /// Stands beside every priority that did not come from the matrix, and beside one that returns to it.
    public var basis: PriorityBasis?
    /// The note that says why a person chose the priority.
    public var reason: EntryID?
    /// All the tags from now on.
    public var tags: [String]?
    public var language: String?
    /// The subject is text and therefore no part of events; that it was edited is.
    public var editsSubject = false
    /// Whether the routing table decided it, whoever asked the table.
    public var isRuled = false

    public init() {}

    /// How many tags a ticket can have.
    public static let mostTags = 50

    /// Whether a word can be a tag: a code such as `vpn` or `may-2026`.
    public static func isTag(_ word: String) -> Bool { (try? JSON.string(word).read(.code)) != nil }

    public var isEmpty: Bool { self == Changes() }

    /// The classification with these changes made.
    public func applied(to old: Classification) -> Classification {
        Classification(
            kind: kind ?? old.kind, category: removesCategory ? nil : category ?? old.category,
            impact: impact ?? old.impact, urgency: urgency ?? old.urgency, priority: priority ?? old.priority,
            basis: basis ?? old.basis, priorityReason: basis == nil ? old.priorityReason : reason,
            tags: tags ?? old.tags)
    }

    /// The same changes with the priority that follows from them: a priority that was chosen holds as somebody's
    /// choice, and where nobody has chosen one, before or with these changes, the matrix gives it.
    public func prioritised(for old: Classification, by matrix: PriorityMatrix) -> Changes {
        let given = matrix.priority(impact ?? old.impact, urgency ?? old.urgency)
        var changes = self
        if let priority {
            changes.basis = basis ?? (priority == given && reason == nil ? .matrix : .person)
        } else if basis == .matrix || (old.basis == .matrix && (impact != nil || urgency != nil)) {
            changes.priority = given
        }
        // What says nothing new is left out, so that the log tells what was changed.
        if changes.basis == old.basis, changes.reason == nil, old.priorityReason == nil { changes.basis = nil }
        return changes
    }
}
