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
///
/// What stands behind a slash is a group of the queue's jobs: `supplier/acme` is served by whoever serves `supplier`.
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

    /// The queue without its group.
    var whole: JobQueue { JobQueue(rawValue: String(rawValue.prefix { $0 != "/" })) }

    /// The group of the queue's jobs that is meant; nil for those of none.
    var group: String? {
        rawValue.firstIndex(of: "/").map { String(rawValue[rawValue.index(after: $0)...]) }
    }

    /// A group of the queue's jobs, or those of none.
    func group(_ name: String?) -> JobQueue {
        name.map { JobQueue(rawValue: "\(rawValue)/\($0)") } ?? self
    }

    /// Whether jobs of a queue or group are meant by this name.
    func covers(_ other: JobQueue) -> Bool { self == other || self == other.whole }
}
