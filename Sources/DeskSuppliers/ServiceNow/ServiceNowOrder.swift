public import Desk
public import Foundation
public import JSON
import Moments

/// What the desk writes into a supplier's ServiceNow for one of its messages: no more than the message discloses.
public struct ServiceNowOrder: Sendable {
    private let event: CloudEvent<DeskMessage>
    private let terms: Supplier.ServiceNow
    private let mapping: Supplier.Mapping

    /// What is to be done with a ticket that is there.
    public enum Step: Hashable, Sendable {
        case nothing
        /// Fields that are written in one call.
        case patch(JSONObject)
        /// It cannot be done, because of this.
        case refused(String)
    }

    public init(
        _ event: CloudEvent<DeskMessage>, for terms: Supplier.ServiceNow,
        in mapping: Supplier.Mapping = Supplier.ServiceNow.mapping
    ) {
        (self.event, self.terms, self.mapping) = (event, terms, mapping)
    }

    private var message: DeskMessage { event.payload }

    /// The identity of the exchange as their system keeps it, by which the ticket is found again.
    public var exchange: UUID { message.exchange }

    /// The row that their table gets.
    public var row: JSONObject {
        var row = JSONObject(terms.record.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) })
        // The longest that the field takes.
        row["short_description"] = String((text(.subject) ?? message.ourReference).prefix(160)).json
        row["description"] = description.json
        for (name, value) in weight { row[name] = value.json }
        row["category"] = text(.category).map { (mapping.categories[$0] ?? $0).json } ?? row["category"]
        row["correlation_id"] = exchange.json
        row["correlation_display"] = terms.system.json
        row[terms.writes.rawValue] = entry?.json
        return row
    }

    private var description: String {
        let requester = [text(.requesterName), text(.requesterEmail)].compactMap(\.self).joined(separator: ", ")
        var lines = ["Our ticket: \(message.ourReference)"]
        if let site = text(.site) { lines.append("Site: \(site)") }
        if !requester.isEmpty { lines.append("Requester: \(requester)") }
        if let words = text(.description) { lines += ["", words] }
        return lines.joined(separator: "\n")
    }

    /// What goes into the journal. Its last line tells which of our messages it is.
    public var entry: String? { note.map { "\($0)\n\n\(mark)" } }

    /// By what an entry of ours is found again: their journal takes no identity from us.
    public var mark: String { "[\(message.ourReference)/\(event.sequence.flatMap { Int($0) } ?? 0)]" }

    public func isOurs(_ entry: ServiceNowEntry) -> Bool {
        entry.text.trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix(mark)
    }

    private var note: String? { message.words }

    /// Impact and urgency, from which their priority follows; where the priority alone may be told, those that give it.
    private var weight: [(name: String, value: String)] {
        let told = [("impact", number(.impact)), ("urgency", number(.urgency))]
            .compactMap { name, value in value.map { (name, String($0)) } }
        guard told.isEmpty, let priority = number(.priority).flatMap(Priority.init(rawValue:)) else { return told }
        let (impact, urgency) =
            switch priority {
            case .critical: (1, 1)
            case .high: (1, 2)
            case .medium: (2, 2)
            case .low: (2, 3)
            case .planned: (3, 3)
            }
        return [("impact", String(impact)), ("urgency", String(urgency))]
    }

    private func text(_ field: Supplier.Field) -> String? { message.disclosure[field]?.string }
    private func number(_ field: Supplier.Field) -> Int? { message.disclosure[field]?.integer.map(Int.init) }
}

extension ServiceNowOrder {
    /// What the message comes to on their ticket as it is now.
    ///
    /// - Parameter isWritten: whether the entry of this message stands in the journal already.
    public func step(on ticket: ServiceNowTicket, isWritten: Bool) -> Step {
        var members = JSONObject()
        if !isWritten { members[terms.writes.rawValue] = entry?.json }
        let theirs = ticket.word.flatMap(mapping.state)
        switch message.kind {
        case .referral, .question: return .nothing
        case .note: break
        case .answer: if !isWritten, theirs == .waitingForUs { ask(.answer, of: ticket, &members) }
        case .change, .escalation: if ticket.isActive { weigh(ticket, &members) }
        case .reopening:
            guard ticket.isActive else {
                return .refused("the supplier's ticket \(ticket.number ?? ticket.id) is closed and is not opened again")
            }
            if theirs == .resolved { ask(.reopening, of: ticket, &members) }
        case .closure:
            guard ticket.isActive, theirs == .resolved else { return .nothing }
            ask(.closure, of: ticket, &members)
        case .withdrawal:
            guard ticket.isActive, theirs != .resolved, theirs != .rejected else { return .nothing }
            return withdrawal(of: ticket, because: note ?? "The desk took the ticket back.", members)
        }
        return members.isEmpty ? .nothing : .patch(members)
    }

    /// What a ticket is given up with that a request opened which came twice.
    public func withdrawal(of other: ServiceNowTicket, opened first: ServiceNowTicket) -> Step {
        guard other.isActive else { return .nothing }
        let reason = "Opened twice; \(first.number ?? first.id) goes on."
        return withdrawal(of: other, because: reason, JSONObject([(terms.writes.rawValue, reason.json)]))
    }

    private func withdrawal(of ticket: ServiceNowTicket, because reason: String, _ members: JSONObject) -> Step {
        var members = members
        if members.isEmpty { members[terms.writes.rawValue] = reason.json }
        ask(.withdrawal, of: ticket, because: reason, &members)
        return .patch(members)
    }

    private func weigh(_ ticket: ServiceNowTicket, _ members: inout JSONObject) {
        let theirs = ["impact": ticket.impact, "urgency": ticket.urgency]
        for (name, value) in weight where theirs[name] != value { members[name] = value.json }
    }

    /// Asks for the state that the message is for, with whatever their rules demand beside it.
    private func ask(
        _ kind: SupplierMessage.Kind, of ticket: ServiceNowTicket, because reason: String? = nil,
        _ members: inout JSONObject
    ) {
        guard let word = mapping.told[kind] else { return }
        let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
        guard let state = parts.first, word != ticket.word else { return }
        members["state"] = state.json
        if parts.count > 1 || ticket.holdReason != nil { members["hold_reason"] = (parts.dropFirst().first ?? "").json }
        guard ServiceNowTicket.finished.contains(state) else { return }
        if ticket.closeCode == nil { members["close_code"] = terms.closeCode.json }
        if ticket.closeNotes == nil {
            members["close_notes"] = (reason ?? note ?? "The requester has what he asked for.").json
        }
    }
}
