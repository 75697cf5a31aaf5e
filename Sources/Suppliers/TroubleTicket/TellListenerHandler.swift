import Desk
public import DeskStore
import DeskSuppliers
import Foundation
public import HTTP
import JSON
public import Jobs
import Moments
import Postgres
public import Runtime
import Secrets

/// Tells a listener of a supplier's system what has happened to a ticket that it works on through our interface: which
/// ticket, and in which state it is. All else it reads there.
public struct TellListenerHandler: Sendable {
    let store: DeskStore
    let wires: Wires
    /// The URL of the desk, without a slash at its end.
    let base: String
    let log: Log

    public init(_ store: DeskStore, secrets: SecretStore, client: HTTPClient, base: String, log: Log) {
        (self.store, self.base, self.log) = (store, base, log)
        wires = Wires(client: client, secrets: secrets, timekeeper: store.timekeeper)
    }

    public var handler: JobHandler {
        JobHandler(for: TellSupplierListener.self) { job, _ in try await tell(job) }
    }

    private func tell(_ job: TellSupplierListener) async throws -> JobOutcome {
        let id = SupplierID(job.supplier)
        let found = try await store.transaction { (transaction: borrowing Transaction) in
            let listener = try await transaction.listeners(of: id).first { $0.id == job.listener }
            return (listener, try await transaction.bond(job.bond), try await store.directory(using: transaction))
        }
        guard let listener = found.0, let bond = found.1, let supplier = found.2.supplier(id),
            case .tmf621(let terms) = supplier.connector, let kind = TroubleTicketEvent.Kind(named: job.kind)
        else { return .discard(because: "nobody listens there any more") }
        let version = TroubleTicketVersion(rawValue: listener.version) ?? .v5
        let event = TroubleTicketEvent(
            id: job.event.uuidString.lowercased(), kind, at: Moment(microseconds: job.at),
            ticket: Self.ticket(of: bond, at: base + version.path))
        let (_, result) = await wires.attempt(supplier.code) { wire throws(Setback) in
            try await post(event, version, to: listener.callback, under: terms.signing, over: wire)
        }
        switch result {
        case .success: return .done
        case .failure(.interrupted): throw CancellationError()
        case .failure(.unready): return .snooze(DeliverMessageHandler.patience)
        case .failure(.postponed(_, let wait?)): return .snooze(wait)
        case .failure(.gone):
            try await store.transaction { (transaction: borrowing Transaction) in
                _ = try await transaction.removeListener(job.listener, of: id)
            }
            return .discard(because: "the listener is gone")
        case .failure(let setback): throw Undelivered(description: setback.reason)
        }
    }

    /// As much as one may know who was given the ticket, whatever the allow-list says.
    private static func ticket(of bond: BondView, at interface: String) -> TroubleTicket {
        var ticket = TroubleTicket(id: bond.uuid.uuidString.lowercased())
        ticket.href = "\(interface)/troubleTicket/\(bond.uuid.uuidString.lowercased())"
        ticket.status = TroubleTicketStatus(bond.state).rawValue
        return ticket
    }

    private func post(
        _ event: TroubleTicketEvent, _ version: TroubleTicketVersion, to callback: String, under names: [String],
        over wire: Wire
    ) async throws(Setback) {
        let body = event.json(version, from: base).bytes()
        var fields: Fields = [.contentType: version.mediaType, .accept: "application/json"]
        var secrets: [WebhookSecret] = []
        for name in names { secrets.append(try await wire.signingSecret(name)) }
        if !secrets.isEmpty {
            let signature = WebhookSignature(signing: body, id: event.id, at: wire.now, secrets: secrets)
            fields["webhook-id"] = signature.id
            fields["webhook-timestamp"] = signature.timestamp
            fields["webhook-signature"] = signature.signatures
        }
        let address = try WebAddress(calling: callback.trimmingSuffix("/") + event.kind.listenerPath)
        _ = try await wire.send(Request(.post, to: address, fields: fields, body: RequestBody(body)))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}

extension MessageKind {
    /// What listeners are told of a message that leaves.
    var events: [TroubleTicketEvent.Kind] {
        guard case .told(let kind) = self else { return [] }
        return switch kind {
        case .referral, .question, .reopening: [.created]
        case .answer: [.changed, .statusChanged]
        case .note, .change, .escalation: [.changed]
        case .closure, .withdrawal: [.statusChanged]
        }
    }
}
