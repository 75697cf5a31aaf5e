/// What a token can allow. A right to write does not include the one to read.
public enum TokenScope: String, CaseIterable, Sendable {
    case readTickets = "tickets:read"
    case writeTickets = "tickets:write"
    /// Whoever reads tickets reads articles too.
    case readArticles = "articles:read"
    case readPeople = "people:read"
    case writePeople = "people:write"
    case readFigures = "figures:read"
}
