import Runtime

/// A request up to its body, checked: whoever holds one need not ask again whether its framing is sound.
public struct RequestHead: Sendable {
    /// The request itself, with no body yet, and from nobody in particular.
    public var request: Request
    public var framing: BodyFraming
    /// Whether the client wants to send another request on the connection.
    public var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    public var expectsContinue: Bool
    /// The place in a trace that the client carries on.
    var trace: TraceContext?
    /// Whether there may be fields in which proxies report, or others that are theirs to write.
    var mayBeReported = false

    public var method: Method { request.method }
    public var target: Target { request.target }
    public var version: Version { request.version }
    public var fields: Fields { request.fields }
    /// The host the request is for: of the target if it names one, else of the Host field. Nil in HTTP/1.0 without.
    public var authority: Authority? { request.authority }
}
