/// What went wrong in the database, where in the program it was asked for, and whether asking again can help.
public struct DatabaseError: Error, CustomStringConvertible {
    /// The ways to fail, by what the caller can do about them.
    public enum Reason: Sendable, Equatable {
        /// No connection could be made, or the connection broke before anything was committed.
        case unreachable
        /// Every connection of the pool was in use for as long as a caller waits.
        case exhausted
        /// The task that asked was cancelled; nothing of it was committed.
        case cancelled
        /// The connection broke while the server was asked to commit: it may have done so or not.
        case commitUnknown
        /// The server refused a statement.
        case rejected(SQLState, constraint: String?)
        /// The answer does not fit the type that it was to be read as.
        case undecodable(UndecodableColumn)
        /// This program closed the database, or used it in a way that it cannot be used.
        case misused
    }

    public let reason: Reason
    /// What the server or the library said, for the log only: it may quote values of rows, so no visitor may see it.
    public let report: String
    /// The table that the server named, if it did.
    public let table: String?
    /// File and line of the call.
    public let origin: String

    /// Whether the server may have received what was asked of it.
    let wasSent: Bool

    public init(_ reason: Reason, report: String = "", table: String? = nil, at origin: CallSite) {
        self.init(reason, report: report, table: table, wasSent: false, origin: origin.description)
    }

    init(_ reason: Reason, report: String, table: String? = nil, wasSent: Bool, origin: String) {
        self.reason = reason
        self.report = report
        self.table = table
        self.wasSent = wasSent
        self.origin = origin
    }

    /// The server's code, if the server refused.
    public var sqlState: SQLState? {
        if case .rejected(let state, _) = reason { state } else { nil }
    }

    /// The constraint that refused the statement.
    public var constraint: String? {
        if case .rejected(_, let constraint) = reason { constraint } else { nil }
    }

    /// Whether the same request may succeed a little later without anybody changing anything.
    public var isTransient: Bool {
        switch reason {
        case .unreachable, .exhausted: true
        case .rejected(.protocolViolation, _): false
        case .rejected(let state, _): Self.passing.contains(state) || state.family == "08"
        case .cancelled, .commitUnknown, .undecodable, .misused: false
        }
    }

    /// Whether the whole transaction should be run again, as PostgreSQL says of these two.
    public var asksForRetry: Bool {
        sqlState == .serializationFailure || sqlState == .deadlockDetected
    }

    private static let passing: Set<SQLState> = [
        .serializationFailure, .deadlockDetected, .tooManyConnections, .lockNotAvailable, .administratorShutdown,
        .crashShutdown, .cannotConnectNow, .readOnlyTransaction, .diskFull,
    ]

    public var description: String {
        let cause =
            switch reason {
            case .unreachable: "the database cannot be reached"
            case .exhausted: "all connections to the database are in use"
            case .cancelled: "the request to the database was cancelled"
            case .commitUnknown: "the connection broke during commit, so the change may or may not have been made"
            case .rejected(let state, let constraint):
                "the database refused (\(state)\(constraint.map { ", constraint \($0)" } ?? ""))"
            case .undecodable(let column): "the answer cannot be read: \(column)"
            case .misused: "the database was used wrongly"
            }
        return report.isEmpty ? "\(cause) [\(origin)]" : "\(cause): \(report) [\(origin)]"
    }
}
