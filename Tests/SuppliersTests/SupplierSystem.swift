import DeskSuppliers
import HTTP
import JSON
import PostgresTestSupport
import Runtime
import Secrets
import SupplierTestSupport
import TallyTestSupport

/// A supplier's system that answers as the test says.
final class SupplierSystem: ServedSystem {
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
    private let server: PlayedServer
    private let answer: @Sendable (Int) -> Response

    /// - Parameter answer: the answer to the first, the second, … request.
    init(time: ManualTime, answer: @escaping @Sendable (Int) -> Response = { _ in Response(.accepted) }) throws {
        (self.time, self.answer) = (time, answer)
        server = try PlayedServer(loops: TestDatabase.loops)
        server.serve(self)
    }

    var port: UInt16 { server.port }

    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer { try await server.run(body) }

    func work(_ request: Request, _ json: JSON) -> Response {
        let signature = WebhookSignature(
            id: request.fields["webhook-id"] ?? "", timestamp: request.fields["webhook-timestamp"] ?? "",
            signatures: request.fields["webhook-signature"] ?? "")
        let body = request.body.bytes
        let isSigned = (try? signature.verify(body, secrets: [Self.secret], at: time.now)) != nil
        let code = request.path.split(separator: "/").first.map(String.init) ?? ""
        return answer(heard.note(Heard(code: code, id: signature.id, body: body, isSigned: isSigned)))
    }
}
