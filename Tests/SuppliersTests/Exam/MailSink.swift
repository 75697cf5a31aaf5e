import Mail
import PostgresTestSupport
import Runtime
import Sockets
import SupplierTestSupport
import Synchronization

/// The mail server of a supplier, with whose next mails may go wrong what is written down. It takes all other mail too,
/// and passes over it.
final class MailSink: Sendable {
    private let domain: String
    private let listener: Listener
    private let planned = Mutex<[PlayedFault]>([])
    private let taken: @Sendable ([UInt8]) -> Void

    /// - Parameter taken: gets each mail to an address of the domain, as often as it comes.
    init(domain: String, taken: @escaping @Sendable ([UInt8]) -> Void) throws {
        (self.domain, self.taken) = (domain, taken)
        listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
    }

    /// What reaches it.
    func client() throws -> SMTPClient {
        SMTPClient(
            try Smarthost("smtp://127.0.0.1:\(listener.address.port ?? 0)"), clientName: "test",
            resolver: Resolver(offload: Offload(width: 1)), tls: nil)
    }

    func misbehave(_ fault: PlayedFault) { planned.withLock { $0.append(fault) } }

    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        let stop = StopSignal()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: TestDatabase.loops.next()) {
                try await self.listener.serve(on: TestDatabase.loops, until: stop) { stream in
                    // A client that keeps its connection for later mails does not keep the server.
                    let end = stop.onRaise { stream.loop.execute { stream.setReadDeadline(after: .zero) } }
                    defer { end.cancel() }
                    try? await self.converse(on: stream)
                    stream.close()
                }
            }
            let answer = try await body()
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }

    /// Talks to a client until it leaves, or until a fault has it hang up.
    private func converse(on stream: ByteStream) async throws {
        var session = MailSession(.smtp, hostName: "mail.\(domain)")
        var actions = session.begin()[...]
        var fault: PlayedFault?
        stream.setReadDeadline(after: .seconds(60))
        while true {
            while let action = actions.popFirst() {
                switch action {
                case .reply(let bytes): try await stream.write(bytes)
                case .check(let recipient):
                    fault = recipient.domain == domain ? nextFault : nil
                    if fault == .dropped { return }
                    actions += session.recipientChecked(fault?.isRefusal == true ? .later : nil)
                case .deliver(let envelope, let content):
                    if envelope.recipients.contains(where: { $0.domain == domain }) {
                        for _ in 0..<(fault == .twice ? 2 : 1) { taken(content) }
                    }
                    if fault == .cutAnswer { return }
                    let isSilent = fault == .lateAnswer || fault == .failedAnswer
                    actions += session.delivered(envelope.recipients.map { isSilent ? .later : .delivered(to: $0, "") })
                case .close: return
                }
            }
            var bytes: [UInt8] = []
            guard try await stream.read(into: &bytes) > 0 else { return }
            actions += session.receive(bytes)
        }
    }

    private var nextFault: PlayedFault? { planned.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

extension SMTPReply {
    fileprivate static var later: SMTPReply { SMTPReply(451, "4.3.0", "Try again") }
}

extension PlayedFault {
    /// Whether the mail is not taken, and nothing comes of it.
    fileprivate var isRefusal: Bool {
        switch self {
        case .status, .maintenancePage: true
        default: false
        }
    }
}
