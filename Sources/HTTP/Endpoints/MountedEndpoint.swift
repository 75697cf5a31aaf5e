/// An endpoint behind its door. What is left to know of it from outside is when it applies.
///
/// It is an object because every request takes hold of it, and it never changes.
final class MountedEndpoint: Sendable {
    let method: Method
    let pattern: PathPattern
    private let entrance: Entrance

    /// How a request comes to its answer. Each closure that waits costs a change of executor, so what stands open is
    /// not walked through as if it were behind a door.
    enum Entrance: Sendable {
        /// Anybody is let in, and nothing is added to the answer.
        case open(BodyWish, @Sendable (Request, Void) async throws -> Response)
        /// Lets the request in, given the values of its path, and answers it once its body is there.
        case door(@Sendable (any Arrival, [String]) async throws -> Response)
    }

    init(method: Method, pattern: PathPattern, _ entrance: Entrance) {
        self.method = method
        self.pattern = pattern
        self.entrance = entrance
    }

    /// Lets the request in, given the values of its path, and answers it once its body is there.
    @inline(__always)
    func answer(_ arrival: any Arrival, _ values: [String]) async throws -> Response {
        switch entrance {
        case .open(let body, let run):
            if try !arrival.beginBody(body) { try await arrival.collectBody() }
            return try await run(arrival.request, ())
        case .door(let answer): return try await answer(arrival, values)
        }
    }
}
