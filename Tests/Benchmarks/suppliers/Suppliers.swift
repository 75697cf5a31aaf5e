import HTTP
import JSON
import Moments
import Runtime
import SupplierTestSupport
import Synchronization

/// The systems of all suppliers, on one port: each notes when a message came, and answers after 50 ms. One can hang.
final class Suppliers: ServedSystem {
    let server: PlayedServer
    private let arrived = Mutex<[String: Moment]>([:])
    private let hanging = Mutex<String?>(nil)

    static let delay = Duration.milliseconds(50)
    /// Longer than the worker waits for an answer.
    private static let silence = Duration.seconds(13)

    init(loops: EventLoopGroup) throws {
        server = try PlayedServer(loops: loops)
        server.serve(self)
        server.leaveToChance { [weak self] request in
            var fate = PlayedFate()
            fate.silence = self?.isHanging(request) ?? false ? Self.silence : Self.delay
            return fate
        }
    }

    func hang(_ code: String?) { hanging.withLock { $0 = code } }

    func work(_ request: Request, _ body: JSON) -> Response {
        let (id, now) = (request.fields["webhook-id"] ?? "", SystemTime().now)
        if !isHanging(request) { arrived.withLock { $0[id] = $0[id] ?? now } }
        return Response(.accepted)
    }

    /// When each message came that has, by its identity.
    var arrivals: [String: Moment] { arrived.withLock(\.self) }

    private func isHanging(_ request: Request) -> Bool {
        hanging.withLock { code in code.map { request.path.hasPrefix("/\($0)/") } ?? false }
    }
}
