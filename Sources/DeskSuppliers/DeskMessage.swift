public import Desk
public import Foundation
public import JSON
public import Moments

/// What the desk tells a supplier in one event.
public struct DeskMessage: EventPayload {
    public let kind: SupplierMessage.Kind
    /// The identity of the exchange, by which both sides find it again.
    public let exchange: UUID
    /// The number of the desk's ticket.
    public let ourReference: String
    public let disclosure: Disclosure
    /// What it is about, where the desk escalates to the supplier.
    public let escalation: SupplierEscalation?

    public init(
        kind: SupplierMessage.Kind, exchange: UUID, ourReference: String, disclosure: Disclosure,
        escalation: SupplierEscalation? = nil
    ) {
        (self.kind, self.exchange) = (kind, exchange)
        (self.ourReference, self.disclosure, self.escalation) = (ourReference, disclosure, escalation)
    }

    /// The words that go along, for systems to which a message is a text.
    public var words: String? {
        disclosure[.note]?.string ?? disclosure[.message]?.string ?? escalation?.text
    }

    public static var types: [String] { SupplierMessage.Kind.allCases.map(\.eventType) }

    public var type: String { kind.eventType }

    public var data: JSON {
        var members = JSONObject([("exchange", exchange.json), ("our_reference", ourReference.json)])
        for member in disclosure.members { members[member.name] = member.value }
        members["escalation"] = escalation?.json
        return .object(members)
    }

    public static func form(of type: String) -> JSONForm<DeskMessage> {
        .object { reader in
            let exchange = reader.required("exchange", .uuid)
            let ourReference = reader.required("our_reference", .line(length: 1...100))
            let disclosure = Disclosure(&reader)
            let escalation = reader.optional("escalation", SupplierEscalation.form)
            guard let exchange, let ourReference,
                let kind = SupplierMessage.Kind.allCases.first(where: { $0.eventType == type })
            else { return nil }
            return DeskMessage(
                kind: kind, exchange: exchange, ourReference: ourReference, disclosure: disclosure,
                escalation: escalation)
        }
    }
}

extension SupplierMessage.Kind {
    /// The type of the event that carries such a message.
    var eventType: String {
        switch self {
        case .referral: "com.meridian.ticket.referred.v1"
        case .answer: "com.meridian.ticket.answered.v1"
        case .withdrawal: "com.meridian.ticket.withdrawn.v1"
        case .question: "com.meridian.ticket.asked.v1"
        case .note: "com.meridian.ticket.told.v1"
        case .change: "com.meridian.ticket.changed.v1"
        case .reopening: "com.meridian.ticket.reopened.v1"
        case .closure: "com.meridian.ticket.closed.v1"
        case .escalation: "com.meridian.ticket.escalated.v1"
        }
    }
}

extension CloudEvent where Payload == DeskMessage {
    /// A message of the desk.
    public init(id: UUID, source: String, time: Moment, sequence: Int, payload: DeskMessage) {
        self.init(
            id: id, source: source, subject: payload.ourReference, time: time, sequence: sequence, payload: payload)
    }
}
