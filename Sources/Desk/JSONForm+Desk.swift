public import JSON

extension Identifier: JSONValue {}

extension JSONForm {
    /// A key of the database.
    static func identifier<Entity>() -> JSONForm where Value == Identifier<Entity> {
        JSONForm<Int>.integer(1...Int.max).map { Identifier(Int64($0)) }
    }

    /// One of a few numbers, such as a priority.
    static func grade() -> JSONForm where Value: CaseIterable & RawRepresentable<Int> {
        let last = Value.allCases.map(\.rawValue).max() ?? 1
        return JSONForm<Int>.integer(1...last).checked("is not a known number") { Value(rawValue: $0) }
    }
}

extension JSONForm<TicketNumber> {
    static var ticketNumber: JSONForm {
        JSONForm<String>.line().checked("must be a ticket number such as OSL-10432") { TicketNumber($0) }
    }
}
