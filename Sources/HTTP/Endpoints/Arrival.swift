/// A request whose head has arrived. Its body may still be with the client, who sends it only when he is let in.
protocol Arrival: AnyObject {
    /// The request, with what there is of its body.
    var request: Request { get }

    /// Gets the body on its way as an endpoint wishes to have it. False if `collectBody` has to wait for it.
    ///
    /// - Throws: `RequestFault.bodyTooLarge` if it is known to be larger than the endpoint takes.
    func beginBody(_ wish: BodyWish) throws -> Bool

    /// Waits for the whole body.
    func collectBody() async throws
}

/// A request of which all is there.
final class WholeArrival: Arrival {
    let request: Request

    init(_ request: Request) { self.request = request }

    func beginBody(_ wish: BodyWish) -> Bool { true }

    func collectBody() async throws {}
}
