/// How an endpoint wants to receive the body of a request. Limits are in bytes; nil stands for the server's own.
public enum BodyWish: Sendable, Hashable {
    /// All of it before the endpoint runs. A larger body is answered 413 and never reaches it.
    case collected(limit: Int? = nil)
    /// Piece by piece while the endpoint runs. Reading beyond the limit throws `RequestFault.bodyTooLarge`.
    case streamed(limit: Int? = nil)

    var limit: Int? {
        switch self {
        case .collected(let limit), .streamed(let limit): limit
        }
    }
}
