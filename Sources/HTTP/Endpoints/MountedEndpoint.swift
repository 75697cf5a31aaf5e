/// An endpoint behind its door. What is left to know of it from outside is when it applies.
struct MountedEndpoint: Sendable {
    typealias Answer = @Sendable (Request) async throws -> Response

    let method: Method
    let pattern: PathPattern
    let body: BodyWish
    /// Lets the request in, given the values of its path, and says how to answer it once its body is there.
    let admit: @Sendable (Request, [String]) async throws -> Answer
}
