public import Postgres

/// Work that one transaction leaves for a program to do later: its arguments, as they are written into the queue.
///
/// The handler lives elsewhere, with the feature that does the work. Arguments outlive the program that wrote them, so
/// a new member needs a default and a kind is never used for something else.
public protocol Job: Codable, Sendable {
    /// The stable name under which jobs of this type are kept, such as `supplier.deliver`.
    static var kind: JobKind { get }
    /// Where jobs of this type wait.
    static var queue: JobQueue { get }
    /// How often and for how long it is tried.
    static var policy: JobPolicy { get }
}

extension Job {
    public static var policy: JobPolicy { .standard }
}

/// The stable name of a type of job.
public struct JobKind: RawRepresentable, Hashable, Sendable, PostgresValue, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral text: String) {
        rawValue = text
    }

    public var description: String { rawValue }
}

/// The name of a queue; operators scale workers and limit concurrency by it.
public struct JobQueue: RawRepresentable, Hashable, Sendable, PostgresValue, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(stringLiteral text: String) {
        rawValue = text
    }

    public var description: String { rawValue }
}
