/// An endpoint behind its door. What is left to know of it from outside is when it applies.
///
/// It is an object because every request takes hold of it, and it never changes.
final class MountedEndpoint: Sendable {
    typealias Answer = @Sendable (Request) async throws -> Response

    let method: Method
    let pattern: PathPattern
    let body: BodyWish
    /// Lets the request in, given the values of its path, and says how to answer it once its body is there.
    let admit: @Sendable (Request, [String]) async throws -> Answer

    init(
        method: Method, pattern: PathPattern, body: BodyWish,
        admit: @escaping @Sendable (Request, [String]) async throws -> Answer
    ) {
        self.method = method
        self.pattern = pattern
        self.body = body
        self.admit = admit
    }
}
