/// What a token can allow. A right to write does not include the one to read.
public enum TokenScope: String, CaseIterable, Sendable {
    case readTickets = "tickets:read"
    case writeTickets = "tickets:write"
    case readFigures = "figures:read"
}
