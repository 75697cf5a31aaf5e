import DeskSuppliers
public import HTTP
public import JSON
import Moments
import Runtime
import Synchronization

/// How the system answers.
extension TroubleTicketSystem {
    public func work(_ request: Request, _ body: JSON) -> Response {
        guard request.fields[.authorization] == "Bearer \(traits.token)" else {
            return refusal(401, "The token is not known.")
        }
        guard request.path.hasPrefix(version.path + "/") else { return refusal(404, "There is nothing here.") }
        let path = request.path.dropFirst(version.path.count).split(separator: "/").map(String.init)
        return work(request, body, at: path)
    }

    public func refusal(_ code: Int) -> Response { refusal(code, "Not now.") }

    private func work(_ request: Request, _ body: JSON, at path: [String]) -> Response {
        switch (request.method, path.count, path.first, path.last) {
        case (.get, 1, "troubleTicket", _): return list(request)
        case (.post, 1, "troubleTicket", _): return create(body)
        case (.get, 2, "troubleTicket", let id?): return with(id) { self.shown($0, request) }
        case (.get, 2, "attachment", let id?): return file(id)
        case (.patch, 2, "troubleTicket", let id?): return patch(id, body, request)
        case (.post, 3, "troubleTicket", let operation?) where traits.hasOperations:
            return perform(operation, on: path[1], body)
        case (.post, 1, "hub", _) where traits.takesListeners: return register(body)
        case (.delete, 2, "hub", let id?):
            content.withLock { $0.listeners.removeAll { $0.id == id } }
            return Response(.noContent)
        case (.get, 2, "hub", let id?) where version == .v5:
            let listener = content.withLock { $0.listeners.first { $0.id == id } }
            guard let listener else { return refusal(404, "There is no such listener.") }
            return response(.ok, ["id": .string(listener.id), "callback": .string(listener.callback)])
        default: return refusal(404, "There is nothing here.")
        }
    }

    private func list(_ request: Request) -> Response {
        let known = [
            "externalId", "externalIdentifier.id", "fields", "offset", "limit", "status", "lastUpdate.gt", "sort",
        ]
        let pairs = request.query.pairs.filter {
            traits.ignoresConditions ? ["offset", "limit", "sort"].contains($0.name) : known.contains($0.name)
        }
        do throws(TroubleTicketError) {
            let query = try TroubleTicketQuery(pairs.map { ($0.name, $0.value) })
            let found = query.selected(from: tickets.map { shown($0).json(version) })
            let page = found.dropFirst(query.offset).prefix(min(query.limit, traits.page)).map(query.shown)
            var response = response(.ok, .array(page))
            response.fields["X-Total-Count"] = String(found.count)
            response.fields["X-Result-Count"] = String(page.count)
            return response
        } catch {
            return refusal(error.status, error.reason)
        }
    }

    private func create(_ body: JSON) -> Response {
        for name in ["description", "severity", "ticketType"] where body[name]?.string == nil {
            return refusal(400, "\(name) is required.")
        }
        let (now, sent) = (clock.now, TroubleTicket(reading: body))
        if let refusal = refusal(of: sent.attachments) { return refusal }
        let ticket = content.withLock { content in
            content.count += 1
            var ticket = sent
            ticket.id = "TT-\(content.count)"
            ticket.href = "\(version.path)/troubleTicket/TT-\(content.count)"
            (ticket.creationDate, ticket.lastUpdate) = (now, now)
            ticket.move(to: traits.states[.acknowledged] ?? "acknowledged", because: nil, at: now)
            ticket.notes = named(ticket.notes, after: [], id: ticket.id ?? "", now)
            ticket.attachments = filed(ticket.attachments, after: [], id: ticket.id ?? "")
            content.tickets.append(ticket)
            return ticket
        }
        return response(.created, shown(ticket).json(version))
    }

    private func named(
        _ notes: [TroubleTicket.Note], after old: [TroubleTicket.Note], id: String, _ now: Moment
    ) -> [TroubleTicket.Note] {
        let known = Set(old.compactMap(\.id))
        return notes.enumerated().map { place, note in
            var note = note
            if note.id.map({ !known.contains($0) && traits.renamesNotes }) ?? true { note.id = "n-\(place + 1)-\(id)" }
            note.date = note.date ?? now
            return note
        }
    }

    private func patch(_ id: String, _ body: JSON, _ request: Request) -> Response {
        guard ["application/json", "application/merge-patch+json"].contains(request.contentType?.essence ?? "") else {
            return refusal(415, "Send a merge patch.")
        }
        let now = clock.now
        return with(id) { old in
            var ticket = TroubleTicket(reading: old.merged(with: body))
            let before = TroubleTicket(reading: old)
            if TroubleTicketStatus(spelled: before.status ?? "")?.isFinal == true {
                return self.refusal(422, "The ticket is \(before.status ?? "").")
            }
            let kept = before.notes.allSatisfy { note in
                ticket.notes.contains { $0.id == note.id && $0.text == note.text }
            }
            guard kept else { return self.refusal(422, "Notes are not taken away.") }
            if let refusal = self.refusal(of: ticket.attachments, after: before.attachments) { return refusal }
            ticket.notes = self.named(ticket.notes, after: before.notes, id: id, now)
            ticket.attachments = self.filed(ticket.attachments, after: before.attachments, id: id)
            if let status = ticket.status, status != before.status {
                ticket.move(to: status, because: ticket.statusChangeReason, at: now)
            } else if TroubleTicketStatus(spelled: before.status ?? "") == .pending {
                // Whoever was asked has answered (MEF 124).
                ticket.move(to: self.traits.states[.inProgress] ?? "inProgress", because: nil, at: now)
            }
            return self.keep(ticket, now)
        }
    }

    private func perform(_ operation: String, on id: String, _ body: JSON) -> Response {
        let now = clock.now
        return with(id) { old in
            var ticket = TroubleTicket(reading: old)
            let status = ticket.status.flatMap(TroubleTicketStatus.init(spelled:))
            let reason = body["reason"]?.string
            switch operation {
            case "cancel" where [.acknowledged, .inProgress, .pending, nil].contains(status):
                ticket.move(to: "assessingCancellation", because: reason, at: now)
            case "close" where status == .resolved: ticket.move(to: "closed", because: reason, at: now)
            case "reopen" where status == .resolved && reason != nil:
                ticket.move(to: "reopened", because: reason, at: now)
            default: return self.refusal(422, "A ticket that is \(ticket.status ?? "new") cannot \(operation).")
            }
            _ = self.keep(ticket, now)
            return Response(.noContent)
        }
    }

    private func register(_ body: JSON) -> Response {
        guard let callback = body["callback"]?.string else { return refusal(400, "callback is required.") }
        guard let query = try? HubQuery(body["query"]?.string ?? "") else { return refusal(400, "Unknown query.") }
        let id: String? = content.withLock { content in
            guard !content.listeners.contains(where: { $0.callback == callback }) else { return nil }
            content.count += 1
            content.listeners.append((id: "hub-\(content.count)", callback: callback, query: query))
            return "hub-\(content.count)"
        }
        guard let id else { return refusal(409, "The listener is registered already.") }
        return response(.created, .object(["id": id, "callback": callback, "query": body["query"] ?? .null]))
    }

    private func with(_ id: String, _ body: (JSON) -> Response) -> Response {
        guard let ticket = tickets.first(where: { $0.id == id }) else {
            return refusal(404, "There is no such ticket.")
        }
        return body(ticket.json(version))
    }

    private func keep(_ ticket: TroubleTicket, _ now: Moment) -> Response {
        var ticket = ticket
        ticket.lastUpdate = now
        content.withLock { content in
            for place in content.tickets.indices where content.tickets[place].id == ticket.id {
                content.tickets[place] = ticket
            }
        }
        return response(.ok, shown(ticket).json(version))
    }

    func response(_ status: Status, _ json: JSON) -> Response {
        var response = Response(status, json: json.bytes())
        response.fields[.contentType] = version.mediaType
        return response
    }

    func refusal(_ code: Int, _ reason: String) -> Response {
        response(Status(code), TroubleTicketError(status: code, reason: reason).json)
    }
}
