public import Moments

extension JSONForm where Value == Moment {
    /// An instant as RFC 3339 writes it.
    public static var moment: JSONForm {
        JSONForm<String>.kind("a time such as \"2026-03-12T13:05:00Z\"", .kind("string"), \.string)
            .checked("must be a time with its offset, such as \"2026-03-12T13:05:00Z\"", format: "date-time") {
                Moment(rfc3339: $0)
            }
    }
}

extension Moment: JSONValue {
    public var json: JSON { .string(rfc3339) }
}
