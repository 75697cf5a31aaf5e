import Desk
import DeskSuppliers
import DeskTestSupport
import Foundation
import HTTP
import JSON
import Mail
import Moments
import PostgresTestSupport
import Runtime
import Secrets
import Sockets
import Synchronization
import TimeZones

/// What the desk speaks with, on ports of its own: a mail server that keeps what it gets, and suppliers that listen.
final class Outside: Sendable {
    /// Signs what the desk says to suppliers.
    static let secret = WebhookSecret.random()

    private struct Kept {
        var letters: [Message] = []
        var events: [CloudEvent<DeskMessage>] = []
    }

    private let kept = Mutex(Kept())
    private let mailListener: Listener
    private let supplierListener: Listener

    init() throws {
        mailListener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        supplierListener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
    }

    var mailPort: UInt16 { mailListener.address.port ?? 0 }

    /// The letters that have arrived, in their order.
    var letters: [Message] { kept.withLock { $0.letters } }

    /// What the suppliers have heard, in its order.
    var events: [CloudEvent<DeskMessage>] { kept.withLock { $0.events } }

    /// The example organisation, its suppliers at our port.
    func organisation() throws -> Organisation {
        let file = TestDesk.root.appending(path: "Deploy/example/organisation.json")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing("//127.0.0.1:8090/", with: "//127.0.0.1:\(supplierListener.address.port ?? 0)/")
        return try Organisation(json: JSON.parse(text)) { try TestDesk.zones.zone($0) }
    }

    /// Listens while `body` runs.
    func run(_ body: () async throws -> Void) async throws {
        let mail = LMTPServer(
            .smtp, on: mailListener, hostName: "mx.example", loops: TestDatabase.loops, accept: { _ in nil },
            deliver: { [self] envelope, content in
                kept.withLock { $0.letters.append(MessageParser().parse(content)) }
                return envelope.recipients.map { .delivered(to: $0, "kept") }
            })
        let door = Door(endpoints: [
            Endpoint<Void>(.post, "/:code/events", body: .collected(limit: 1 << 20)) {
                [self] (request: Request, _: Void, _: String) in
                let signature = WebhookSignature(
                    id: request.fields["webhook-id"] ?? "", timestamp: request.fields["webhook-timestamp"] ?? "",
                    signatures: request.fields["webhook-signature"] ?? "")
                // The signature holds the desk's time, which is not ours.
                let signed = Int64(signature.timestamp).map { Moment(seconds: $0) } ?? Moment(seconds: 0)
                try signature.verify(request.body.bytes, secrets: [Self.secret], at: signed)
                let event = try CloudEvent<DeskMessage>(reading: request.body.bytes)
                kept.withLock { $0.events.append(event) }
                return Response(.accepted)
            }
        ])
        let http = HTTPServer(supplierListener, router: Router(door), loops: TestDatabase.loops)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await mail.run(until: stop) }
            group.addTask(executorPreference: TestDatabase.loops.next()) { try await http.run(until: stop) }
            try await body()
            stop.raise()
            try await group.waitForAll()
        }
    }
}
