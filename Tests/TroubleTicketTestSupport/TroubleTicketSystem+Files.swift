import DeskSuppliers
import HTTP
import JSON

/// The files at tickets.
extension TroubleTicketSystem {
    /// A ticket as others read it: mostly its files say where they are, and not what stands in them.
    func shown(_ ticket: TroubleTicket) -> TroubleTicket {
        var ticket = ticket
        for place in ticket.attachments.indices {
            if !traits.tellsWhoAttached { ticket.attachments[place].source = nil }
            if traits.keepsFilesInTickets { continue }
            let id = ticket.attachments[place].id ?? ""
            ticket.attachments[place].content = nil
            ticket.attachments[place].url = "\(url)/attachment/\(id)"
        }
        return ticket
    }

    /// What stands in a file.
    func file(_ id: String) -> Response {
        guard let file = tickets.lazy.flatMap(\.attachments).first(where: { $0.id == id }) else {
            return refusal(404, "There is no such attachment.")
        }
        return Response(.ok, type: file.mimeType ?? "application/octet-stream", bytes: file.content ?? [])
    }

    /// A ticket, with no more of it than was asked for.
    func shown(_ ticket: JSON, _ request: Request) -> Response {
        let asked = request.query.pairs.filter { $0.name == "fields" }.map { ($0.name, $0.value) }
        let json = shown(TroubleTicket(reading: ticket)).json(version)
        return response(.ok, (try? TroubleTicketQuery(asked))?.shown(json) ?? json)
    }

    /// What speaks against files: none is taken away, and not every new one is taken.
    func refusal(
        of files: [TroubleTicket.Attachment], after old: [TroubleTicket.Attachment] = []
    ) -> Response? {
        let isKept = old.allSatisfy { file in files.contains { $0.id == file.id && $0.name == file.name } }
        guard isKept else { return refusal(422, "Attachments are not taken away.") }
        let known = Set(old.compactMap(\.id))
        for file in files where !known.contains(file.id ?? "") {
            guard let type = file.mimeType, let content = file.content else {
                return refusal(422, "An attachment has mimeType and content.")
            }
            if content.count > traits.largestFile { return refusal(413, "The attachment is too large.") }
            if traits.refusedTypes.contains(type) { return refusal(422, "Files of \(type) are not taken.") }
        }
        return nil
    }

    /// Files as they are kept: new ones under an identity of their own, and those that are named by theirs as they
    /// were, unless tickets are kept as they were sent.
    func filed(
        _ files: [TroubleTicket.Attachment], after old: [TroubleTicket.Attachment], id: String
    ) -> [TroubleTicket.Attachment] {
        files.enumerated().map { place, file in
            if let kept = old.first(where: { $0.id == file.id }) { return traits.keepsFilesInTickets ? file : kept }
            var file = file
            file.id = "a-\(place + 1)-\(id)"
            return file
        }
    }
}
