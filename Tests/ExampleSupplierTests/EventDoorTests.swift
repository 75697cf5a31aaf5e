import Desk
import DeskSuppliers
import Foundation
import HTTP
import Moments
import Runtime
import Secrets
import Testing

@testable import example_supplier

@Suite("The example supplier's door")
struct EventDoorTests {
    private let account = Account(code: "fjordnett", outgoing: .random(), incoming: .random())
    private let path = FileManager.default.temporaryDirectory.appending(path: "door-\(UUID().uuidString).json").path

    private var event: CloudEvent<DeskMessage> {
        let facts = TicketFacts(
            subject: "", kind: .incident, category: nil, impact: .low, urgency: .low, priority: .low, site: "",
            requesterName: "", requesterEmail: "", description: nil, note: nil)
        return CloudEvent(
            id: UUID(), source: "https://desk.example", time: SystemTime().now, sequence: 1,
            payload: DeskMessage(
                kind: .referral, exchange: UUID(), ourReference: "OSL-1",
                disclosure: Disclosure(of: facts, allowing: [])))
    }

    /// Posts an event to a supplier, signed with a secret at a moment.
    private func post(
        _ event: CloudEvent<DeskMessage>, to code: String = "fjordnett", signedWith secret: WebhookSecret,
        at moment: Moment = SystemTime().now, as id: String? = nil, _ file: WorkbookFile
    ) async throws -> Status {
        let door = EventDoor(accounts: ["fjordnett": account], file: file, work: .zero, log: .silent)
        let body = Array(event.text.utf8)
        let id = id ?? event.id
        let signature = WebhookSignature(signing: body, id: id, at: moment, secrets: [secret])
        var request = Request(.post, "/\(code)/events", body: RequestBody(body))
        request.fields["webhook-id"] = signature.id
        request.fields["webhook-timestamp"] = signature.timestamp
        request.fields["webhook-signature"] = signature.signatures
        return await door.router.respond(to: request).status
    }

    @Test("An event is kept and answered 202; with a wrong signature, an old one, or none it is refused and not kept")
    func signatures() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try await WorkbookFile(path, offload: Offload(width: 1))
        let event = event
        #expect(try await post(event, signedWith: .random(), file) == .unauthorized)
        #expect(try await post(event, signedWith: account.incoming, file) == .unauthorized)
        let lastWeek = SystemTime().now - .seconds(7 * 86_400)
        #expect(try await post(event, signedWith: account.outgoing, at: lastWeek, file) == .unauthorized)
        let door = EventDoor(accounts: ["fjordnett": account], file: file, work: .zero, log: .silent)
        let bare = Request(.post, "/fjordnett/events", body: RequestBody(Array(event.text.utf8)))
        #expect(await door.router.respond(to: bare).status == .unauthorized)
        #expect(file.current.exchanges.isEmpty)
        #expect(try await post(event, signedWith: account.outgoing, file) == .accepted)
        #expect(try await post(event, signedWith: account.outgoing, file) == .accepted)
        #expect(file.current.exchanges.count == 1)
    }

    @Test("Another supplier's path, and an identity that is not the event's, are refused")
    func strangers() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try await WorkbookFile(path, offload: Offload(width: 1))
        #expect(try await post(event, to: "somebody", signedWith: account.outgoing, file) == .notFound)
        #expect(try await post(event, signedWith: account.outgoing, as: "another", file) == .badRequest)
        #expect(file.current.exchanges.isEmpty)
    }
}
