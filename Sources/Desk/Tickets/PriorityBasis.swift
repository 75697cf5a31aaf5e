/// Who set a ticket's priority.
public enum PriorityBasis: String, CaseIterable, Codable, Hashable, Sendable {
    /// Impact and urgency give it, and it changes with them.
    case matrix
    /// A rule of the routing table, whatever impact and urgency are.
    case rule
    /// A person, who may have said why. Only a person undoes it.
    case person
}
