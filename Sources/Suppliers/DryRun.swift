import Catalogue
public import Desk
import DeskStore
public import DeskSuppliers
import Foundation
import HTTP
import Moments
public import Runtime
import Secrets
import Synchronization

/// What would leave for a supplier, byte by byte, while nothing does.
public struct DryRun: Sendable {
    private let supplier: Supplier
    private let timekeeper: any Timekeeper

    public init(_ supplier: Supplier, timekeeper: any Timekeeper) {
        (self.supplier, self.timekeeper) = (supplier, timekeeper)
    }

    /// No rows, for those who list, and a token, for those who ask for one first.
    private static let success = #"{"result":[],"access_token":"none"}"#

    /// The requests with which a message would go, as far as the supplier's system answers each with an empty success.
    /// Fields that hold credentials or signatures say only that they are there.
    ///
    /// - Parameters:
    ///   - facts: all there is to tell; what the supplier may not see is left out here as in earnest.
    ///   - number: of the ticket; the first one of its site if nil.
    /// - Returns: nil where nothing is sent: the supplier works in the desk's own portal.
    public func requests(
        telling kind: SupplierMessage.Kind, _ facts: TicketFacts, as number: String? = nil, from source: String
    ) async -> String? {
        guard let connector = Connectors().connector(of: supplier) else { return nil }
        let outgoing = outgoing(kind, facts, as: number, from: source)
        if case .email(let terms) = supplier.connector { return Self.mail(outgoing, by: terms) }
        let said = Mutex<[String]>([])
        let wires = Wires(timekeeper: timekeeper) { request, _ in
            said.withLock { $0.append(Self.text(of: request)) }
            return Response(.ok, fields: [.contentType: "application/json"], body: .bytes(Array(Self.success.utf8)))
        } secret: { _ in
            Array(WebhookSecret.random().text.utf8)
        }
        let (_, result) = await wires.attempt(supplier.code) { wire throws(Setback) in
            try await connector.deliver(outgoing, over: wire)
        }
        var texts = said.withLock { $0 }
        if case .failure(let setback) = result { texts.append("It ends here: \(setback.reason)") }
        return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
    }

    /// What a mail says, without the courtesies around it.
    private static func mail(_ outgoing: Outgoing, by terms: Supplier.Email) -> String {
        let mail = SupplierMail(outgoing.event, in: Language(tag: terms.language) ?? .english)
        return "To: \(terms.address)\nSubject: \(mail.subject)\n\n\(mail.opening)\n\n\(mail.block)"
    }

    private func outgoing(
        _ kind: SupplierMessage.Kind, _ facts: TicketFacts, as number: String?, from source: String
    ) -> Outgoing {
        let now = timekeeper.now
        let bond = BondView(
            id: 0, uuid: UUID(), ticket: TicketID(0), supplier: SupplierID(0), theirReference: nil, state: .sent,
            openedAt: now)
        let event = CloudEvent<DeskMessage>(
            id: UUID(), source: source, time: now, sequence: 1,
            payload: DeskMessage(
                kind: kind, exchange: bond.uuid,
                ourReference: number ?? "\(facts.site.isEmpty ? "DESK" : facts.site)-1",
                disclosure: Disclosure(of: facts, allowing: supplier.fields)))
        return Outgoing(bond: bond, event: event, text: event.text, attempt: 1) { file in
            Array("[\(file.size) bytes]".utf8)
        }
    }

    private static func text(of request: Request) -> String {
        let address = request.authority.map { "\(request.scheme.rawValue)://\($0)" } ?? ""
        let query = request.target.query.map { "?\($0)" } ?? ""
        let open: Set = ["content-type", "accept", "user-agent", "webhook-id", "webhook-timestamp"]
        let fields = request.fields.map { field in
            let name = "\(field.name)".lowercased()
            return "\(name): \(open.contains(name) ? field.value : "[not shown]")"
        }
        let head = ["\(request.method) \(address)\(request.target.path)\(query)"] + fields
        return head.joined(separator: "\n") + "\n\n" + String(decoding: request.body.whole ?? [], as: UTF8.self)
    }
}
