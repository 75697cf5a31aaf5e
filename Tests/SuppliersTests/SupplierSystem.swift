import DeskSuppliers
import HTTP
import Moments
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import TallyTestSupport
import Testing

/// A supplier's system on a port of its own, which answers as the test says.
final class SupplierSystem: Sendable {
    /// A request as it came in.
    struct Heard: Sendable {
        let code: String
        let id: String
        let body: [UInt8]
        let isSigned: Bool

        func event() throws -> CloudEvent<DeskMessage> { try CloudEvent(reading: body) }
    }

    static let secret = WebhookSecret.random()

    let heard = Tally<Heard>()
    let time: ManualTime
    private let server: HTTPServer
    private let stop = StopSignal()

    /// - Parameter answer: the answer to the first, the second, … request.
    init(time: ManualTime, answer: @escaping @Sendable (Int) -> Response = { _ in Response(.accepted) }) throws {
        self.time = time
        let heard = heard
        let endpoint = Endpoint<Void>(.post, "/:code/events") { (request: Request, _: Void, code: String) in
            let signature = WebhookSignature(
                id: request.fields["webhook-id"] ?? "", timestamp: request.fields["webhook-timestamp"] ?? "",
                signatures: request.fields["webhook-signature"] ?? "")
            let body = request.body.bytes
            let isSigned = (try? signature.verify(body, secrets: [SupplierSystem.secret], at: time.now)) != nil
            return answer(heard.note(Heard(code: code, id: signature.id, body: body, isSigned: isSigned)))
        }
        server = HTTPServer(
            try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)), router: Router(Door(endpoints: [endpoint])),
            loops: TestDatabase.loops)
    }

    var port: UInt16 { server.address.port ?? 0 }

    /// Answers while `body` runs.
    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        let (server, stop) = (server, stop)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await server.run(until: stop) }
            let answer = try await body()
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }
}
