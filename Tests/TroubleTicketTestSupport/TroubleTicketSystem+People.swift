public import DeskSuppliers
public import HTTP
import JSON
import Moments
import Runtime
public import SupplierTestSupport
import Synchronization

/// What the supplier's people do.
extension TroubleTicketSystem {
    /// Puts a ticket into a state, with the reason.
    public func move(_ id: String, to status: TroubleTicketStatus, because reason: String? = nil) {
        move(id, to: traits.states[status] ?? status.rawValue, meaning: status, because: reason)
    }

    /// Puts a ticket into a state that only this system has a word for.
    public func move(
        _ id: String, to word: String, meaning status: TroubleTicketStatus? = nil, because reason: String? = nil
    ) {
        change(id) { $0.move(to: word, because: reason, at: clock.now) }
        let kind: TroubleTicketEvent.Kind =
            switch status {
            case .resolved?: .resolved
            case .pending?: .informationRequired
            default: .statusChanged
            }
        tell(kind, of: id)
    }

    public func write(_ text: String, on id: String) {
        change(id) { ticket in
            ticket.notes.append(
                .init(text, id: "n-\(ticket.notes.count + 1)-\(id)", author: "NOC", date: clock.now, source: .seller))
        }
        tell(.changed, of: id)
    }

    public func attach(_ file: PlayedFile, to id: String) {
        change(id) { ticket in
            var attachment = TroubleTicket.Attachment(file.name, type: file.type, file.bytes, source: .seller)
            attachment.id = "a-\(ticket.attachments.count + 1)-\(id)"
            ticket.attachments.append(attachment)
        }
        tell(.changed, of: id)
    }

    /// Gives a ticket the number by which the supplier's people know it.
    public func number(_ id: String, _ reference: String) {
        change(id) { $0.externalIdentifiers.append(.init(reference, owner: "supplier", type: "ticketNumber")) }
        tell(.changed, of: id)
    }

    private func change(_ id: String, _ body: (inout TroubleTicket) -> Void) {
        clock.advance(by: .seconds(1))
        let now = clock.now
        content.withLock { content in
            guard let place = content.tickets.firstIndex(where: { $0.id == id }) else { return }
            body(&content.tickets[place])
            content.tickets[place].lastUpdate = now
        }
    }

    /// Leaves an event for each listener that wants such ones.
    func tell(_ kind: TroubleTicketEvent.Kind, of id: String) {
        let now = clock.now
        content.withLock { content in
            guard var ticket = content.tickets.first(where: { $0.id == id }) else { return }
            if traits.tellsIDsAlone { ticket = TroubleTicket(id: id) }
            for listener in content.listeners where listener.query.wants(kind) {
                content.count += 1
                let event = TroubleTicketEvent(id: "event-\(content.count)", kind, at: now, ticket: ticket)
                content.events.append(Notice(callback: listener.callback, event: event))
            }
        }
    }

    /// The events that have not been sent, the oldest first; they are not kept any longer.
    public func takeEvents() -> [Notice] {
        content.withLock { content in
            defer { content.events = [] }
            return content.events
        }
    }

    /// The request by which an event is sent to its listener.
    public func request(of notice: Notice) throws -> Request {
        guard let address = WebAddress(notice.callback + notice.event.kind.listenerPath) else {
            throw UnreadableEvent("\(notice.callback) is no address")
        }
        return Request(
            .post, to: address, fields: [.contentType: version.mediaType],
            body: RequestBody(notice.event.json(version, from: "https://supplier.example").bytes()))
    }
}

extension TroubleTicket {
    mutating func move(to word: String, because reason: String?, at now: Moment) {
        (status, statusChangeReason, statusChangeDate) = (word, reason, now)
        statusChanges.append(.init(word, at: now, because: reason))
        if TroubleTicketStatus(spelled: word) == .resolved { resolutionDate = now }
    }
}
