public import Postgres

/// The number of a job, the same from its enqueueing into its history.
public struct JobID: RawRepresentable, Hashable, Comparable, Codable, Sendable, PostgresValue, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public var description: String { String(rawValue) }

    public static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}
