/// What a supplier's system, or what lies before it, does wrong with one request.
public enum PlayedFault: Hashable, Sendable {
    /// It refuses, without having done anything.
    case status(Int, retryAfter: String? = nil)
    /// A page for people: it is being upgraded, or asleep.
    case maintenancePage(Int = 200)
    /// The connection is cut before it has read the request.
    case dropped
    /// It does what it is asked, and the answer is cut off.
    case cutAnswer
    /// It does what it is asked, and a proxy in front of it gives up waiting.
    case lateAnswer
    /// It does what it is asked, and fails at the answer.
    case failedAnswer
    /// It will do it, and says nothing more: 202 without content.
    case accepted
    /// A proxy in front of it sends the request twice.
    case twice

    /// After which the desk cannot know what has become of its request.
    public static let ambiguous: [PlayedFault] = [.cutAnswer, .lateAnswer, .failedAnswer, .twice]
    /// After which nothing has been done.
    public static let idle: [PlayedFault] = [.dropped, .status(429, retryAfter: "7")]
}

/// What becomes of a request by chance.
public struct PlayedFate: Sendable {
    public var fault: PlayedFault?
    /// How long it takes to arrive.
    public var delay = Duration.zero
    /// How long the answer takes, once the work is done.
    public var silence = Duration.zero

    public init(_ fault: PlayedFault? = nil) { self.fault = fault }
}
