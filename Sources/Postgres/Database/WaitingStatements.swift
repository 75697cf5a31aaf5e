/// Statements of a transaction that travel with the next one.
struct WaitingStatements: Sendable {
    var statements: [Statement]
    /// Whether anything has been sent.
    var hasBegun = false
    /// Whether something beside the opening is to be sent.
    var hasWork = false
    /// What those that were sent have to tell.
    var news: Set<Notification> = []

    init(statements: [Statement]) { self.statements = statements }

    mutating func take() -> [Statement] {
        defer { statements = [] }
        (hasBegun, hasWork) = (true, false)
        return statements
    }
}
