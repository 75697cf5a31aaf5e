/// What ends the use of a stream.
public enum StreamError: Error, Hashable, CustomStringConvertible {
    /// It was closed on this side, perhaps by another task.
    case closed
    /// The other side is gone: reset, or not reachable any more.
    case reset(String)
    /// The other side ended an encrypted stream without saying so; what came last may be missing.
    case truncated
    /// No connection came about; the sentences say for each address why.
    case notConnected([String])

    public var description: String {
        switch self {
        case .closed: "the stream is closed"
        case .reset(let reason): "the connection broke: \(reason)"
        case .truncated: "the encrypted stream was cut off"
        case .notConnected(let reasons): "no connection: \(reasons.joined(separator: "; "))"
        }
    }
}
