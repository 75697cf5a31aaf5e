import Desk
import DeskSuppliers
public import Foundation
public import HTTP
public import JSON
import Moments
public import Runtime
import Secrets
import Synchronization

/// A supplier's system that exchanges CloudEvents by webhooks, as the desk's page for suppliers asks of one: it takes
/// each message once by its identity, and believes what is signed. It may be another desk.
public final class WebhookSystem: PlayedInterface {
    struct Ticket {
        let exchange: UUID
        var state = PlayedTicket.State.open
        var notes: [PlayedTicket.Note] = []
        /// What the desk has named with its words.
        var named: [SharedFile] = []
        /// The place of the last message that it has heard.
        var sequence = ""
    }

    struct Content {
        /// What it offers to be fetched.
        var offered: [UUID: PlayedFile] = [:]
        /// How far it is, as it says when it is asked.
        var standings: [UUID: ExchangeStanding] = [:]
        /// What it has fetched.
        var fetched: [UUID: PlayedFile] = [:]
        var tickets: [Ticket] = []
        var heard: Set<String> = []
        var reports: [SupplierStatement] = []
        var said: [(id: String, body: String)] = []
        var count = 0
        var disorder: [String] = []
    }

    public let server: PlayedServer
    public let clock: ManualTime
    let content = Mutex(Content())
    let isDesk: Bool
    private static let secret = WebhookSecret.random()

    /// - Parameter isDesk: whether it is one with this same product.
    public init(clock: ManualTime, loops: EventLoopGroup, isDesk: Bool = false) throws {
        (self.clock, self.isDesk, server) = (clock, isDesk, try PlayedServer(loops: loops))
        server.serve(self)
    }

    public var members: [String: Any] {
        let members: [String: Any] =
            isDesk
            ? ["connector": "sister", "url": server.url, "known_as": "us", "mapping": ["notes": "internal"]]
            : ["connector": "webhook", "url": "\(server.url)/events"]
        return members.merging([
            "secrets": ["outgoing": ["secret": "their-secret"], "incoming": ["secret": "their-secret"]]
        ]) { $1 }
    }
    public var secrets: [String: String] { ["their-secret": Self.secret.text] }

    public var held: [PlayedTicket] {
        content.withLock { $0.tickets.map { PlayedTicket($0.exchange, $0.state, $0.notes) } }
    }

    /// Messages that came before others of their exchange.
    public var disorder: [String] { content.withLock(\.disorder) }

    public func work(_ request: Request, _ body: JSON) -> Response {
        let signature = WebhookSignature(
            id: request.fields["webhook-id"] ?? "", timestamp: request.fields["webhook-timestamp"] ?? "",
            signatures: request.fields["webhook-signature"] ?? "")
        let signed = request.method == .get ? Array(request.path.utf8) : request.body.bytes
        guard (try? signature.verify(signed, secrets: [Self.secret], at: clock.now)) != nil else { return refusal(400) }
        if request.method == .get { return asked(for: request.path) }
        guard let event = try? CloudEvent<DeskMessage>(reading: request.body.bytes) else {
            return hear(request.body.bytes)
        }
        content.withLock { content in
            guard content.heard.insert(event.id).inserted else { return }
            if !content.tickets.contains(where: { $0.exchange == event.payload.exchange }) {
                content.tickets.append(Ticket(exchange: event.payload.exchange))
            }
            var isLate = false
            content.change(event.payload.exchange) { ticket in
                isLate = event.sequence ?? "" <= ticket.sequence
                ticket.sequence = event.sequence ?? ""
                ticket.hear(event.payload)
            }
            if isLate { content.disorder.append(event.id) }
        }
        return Response(.accepted)
    }

    public func say(_ text: String, on exchange: UUID) {
        content.withLock { content in
            content.change(exchange) { $0.notes.append(.init(text, isOurs: false)) }
            content.tell(.noted(text), in: exchange)
        }
    }

    public func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        content.withLock { content in
            content.change(exchange) { $0.state = state }
            switch state {
            case .open: content.tell(.stated("inProgress", text: nil), in: exchange)
            case .waiting: content.tell(.stated("pending", text: nil), in: exchange)
            case .resolved: content.tell(.resolved(nil), in: exchange)
            case .withdrawn: content.tell(.returned(nil), in: exchange)
            case .closed: break
            }
        }
    }

    public func takeSaid() -> [(id: String, body: String)] {
        content.withLock { content in
            defer { content.said = [] }
            return content.said
        }
    }
}

extension WebhookSystem.Content {
    mutating func change(_ exchange: UUID, _ body: (inout WebhookSystem.Ticket) -> Void) {
        for place in tickets.indices where tickets[place].exchange == exchange { body(&tickets[place]) }
    }

    mutating func tell(_ content: SupplierStatement.Content, naming files: [SharedFile] = [], in exchange: UUID) {
        count += 1
        var statement = SupplierStatement(exchange: exchange, content)
        statement.named = files
        let event = CloudEvent(
            id: "said-\(count)", source: "https://supplier.example", subject: nil, time: nil, sequence: nil,
            payload: statement)
        said.append((event.id, event.text))
    }
}

extension WebhookSystem.Ticket {
    fileprivate mutating func hear(_ message: DeskMessage) {
        let words = message.words
        if let words { notes.append(.init(words, isOurs: true)) }
        named += message.disclosure.files
        state.hear(message.kind)
    }
}
