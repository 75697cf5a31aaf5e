public import JSON
import Moments

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

extension JSONForm<Moment> {
    /// An instant as RFC 3339 writes it.
    static var moment: JSONForm {
        JSONForm<String>.line(length: 1...64)
            .checked("must be an instant such as 2026-03-29T08:00:00Z (RFC 3339)") { Moment(rfc3339: $0) }
    }
}

extension JSONForm<TicketNumber> {
    static var ticketNumber: JSONForm {
        JSONForm<String>.line().checked("must be a ticket number such as OSL-10432") { TicketNumber($0) }
    }
}
