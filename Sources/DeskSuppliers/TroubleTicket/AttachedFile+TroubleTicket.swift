extension AttachedFile {
    /// What their people have attached to a ticket, the oldest first. What we attached and they do not say so of is
    /// known by its content.
    public static func all(of ticket: TroubleTicket) -> [AttachedFile] {
        guard let id = ticket.id else { return [] }
        let key = ticket.exchange.map { ExchangeKey.id($0) } ?? .remote(id)
        return ticket.attachments.filter { $0.source != .buyer }.compactMap { file in
            guard let identity = file.identity else { return nil }
            let place = file.content == nil ? file.url ?? file.href : nil
            return AttachedFile(
                identity, at: id, in: "tmf", key, name: file.name ?? "", type: file.mimeType, size: file.size,
                place: place)
        }
    }
}

extension TroubleTicket.Attachment {
    /// What their system knows it by.
    public var identity: String? { id ?? href ?? url ?? name }
}
