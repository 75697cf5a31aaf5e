/// A response up to its body, as a server has sent it.
public struct ResponseHead: Sendable {
    public var status: Status
    public var version: Version
    public var fields: Fields
    public var framing: BodyFraming
    /// Whether the server leaves the connection open for another request.
    public var keepsAlive: Bool
}
