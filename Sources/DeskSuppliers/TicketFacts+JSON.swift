import Desk
public import JSON

extension TicketFacts {
    /// A ticket as somebody writes it down to see what would leave of it; each member bears the name that the
    /// organisation document has for it.
    public static var form: JSONForm<TicketFacts> {
        .object { reader in
            let line = JSONForm<String>.line(length: 1...400)
            let text = JSONForm<String>.text(length: 1...20_000)
            let subject = reader.required("subject", line)
            let kind = reader.optional("kind", JSONForm<Ticket.Kind>.word())
            let category = reader.optional("category", line)
            let impact = reader.optional("impact", JSONForm<Int>.integer(1...3))
            let urgency = reader.optional("urgency", JSONForm<Int>.integer(1...3))
            let priority = reader.optional("priority", JSONForm<Int>.integer(1...5))
            let site = reader.optional("site", line)
            let name = reader.optional("requester_name", line)
            let address = reader.optional("requester_email", line)
            let description = reader.optional("description", text)
            let note = reader.optional("note", text)
            let message = reader.optional("message", text)
            let files = reader.optional("files", .list(of: SharedFile.tried, count: 0...SharedFile.most))
            guard let subject else { return nil }
            var facts = TicketFacts(
                subject: subject, kind: kind ?? .incident, category: category,
                impact: impact.flatMap { Impact(rawValue: $0) } ?? .medium,
                urgency: urgency.flatMap { Urgency(rawValue: $0) } ?? .medium,
                priority: priority.flatMap { Priority(rawValue: $0) } ?? .medium, site: site ?? "",
                requesterName: name ?? "", requesterEmail: address ?? "", description: description, note: note,
                message: message)
            facts.files = files ?? []
            return facts
        }
    }
}
