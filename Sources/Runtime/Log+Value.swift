public import Moments

extension Log {
    /// The value of a field of a line.
    public enum Value: Sendable, Hashable {
        case string(String)
        case int(Int)
        case double(Double)
        case bool(Bool)

        /// An error as it describes itself.
        public static func error(_ error: any Error) -> Value { .string(String(describing: error)) }

        /// A duration in seconds.
        public static func seconds(_ duration: Duration) -> Value {
            .double(Double(duration.wholeMicroseconds) / 1_000_000)
        }

        /// A moment as RFC 3339 text.
        public static func moment(_ moment: Moment) -> Value { .string(moment.rfc3339) }
    }
}

extension Log.Value: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension Log.Value: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self = .int(value) }
}

extension Log.Value: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self = .double(value) }
}

extension Log.Value: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
