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
/// each message once by its identity, and believes what is signed.
public final class WebhookSystem: PlayedSystem {
    fileprivate struct Ticket {
        let exchange: UUID
        var state = PlayedTicket.State.open
        var notes: [PlayedTicket.Note] = []
        /// The place of the last message that it has heard.
        var sequence = ""
    }

    fileprivate struct Content {
        var tickets: [Ticket] = []
        var heard: Set<String> = []
        var said: [(id: String, body: String)] = []
        var count = 0
        var disorder: [String] = []
    }

    public let server: PlayedServer
    public let clock: ManualTime
    private let content = Mutex(Content())
    private static let secret = WebhookSecret.random()

    public init(clock: ManualTime, loops: EventLoopGroup) throws {
        (self.clock, server) = (clock, try PlayedServer(loops: loops))
        server.serve(self)
    }

    public var members: [String: Any] {
        [
            "connector": "webhook", "url": "\(server.url)/events",
            "secrets": ["outgoing": ["secret": "their-secret"], "incoming": ["secret": "their-secret"]],
        ]
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
        guard let event = try? CloudEvent<DeskMessage>(reading: request.body.bytes),
            (try? signature.verify(request.body.bytes, secrets: [Self.secret], at: clock.now)) != nil
        else { return refusal(400) }
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
    fileprivate mutating func change(_ exchange: UUID, _ body: (inout WebhookSystem.Ticket) -> Void) {
        for place in tickets.indices where tickets[place].exchange == exchange { body(&tickets[place]) }
    }

    fileprivate mutating func tell(_ content: SupplierStatement.Content, in exchange: UUID) {
        count += 1
        let event = CloudEvent(
            id: "said-\(count)", source: "https://supplier.example", subject: nil, time: nil, sequence: nil,
            payload: SupplierStatement(exchange: exchange, content))
        said.append((event.id, event.text))
    }
}

extension WebhookSystem.Ticket {
    fileprivate mutating func hear(_ message: DeskMessage) {
        let words = message.words
        if let words { notes.append(.init(words, isOurs: true)) }
        switch message.kind {
        case .referral, .question, .reopening: state = .open
        case .answer: if state == .waiting { state = .open }
        case .withdrawal: state = .withdrawn
        case .closure: state = .closed
        case .note, .change, .escalation: break
        }
    }
}
