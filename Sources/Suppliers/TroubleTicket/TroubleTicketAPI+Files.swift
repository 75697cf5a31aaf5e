import DeskSuppliers
import HTTP
import JSON

/// The files at a ticket, which are a member of it.
extension TroubleTicketAPI: FileInterface {
    /// How long their system gets for showing a file that it has taken.
    private static let patience = Duration.seconds(30)

    func files(of id: String) async throws(Setback) -> [RemoteFile] {
        try await attachments(of: id).compactMap(RemoteFile.init(attachment:))
    }

    /// A list in a merge patch takes the place of the one before, so it holds the files
    /// too that are there; and as an answer may be as large as the file, what has become of it is read afterwards.
    func attach(
        _ name: String, type: String, _ bytes: [UInt8], to id: String
    ) async throws(Setback) -> RemoteFile {
        let type = MediaType.essence(ofFile: type)
        let before = try await attachments(of: id)
        let new = TroubleTicket.Attachment(name, type: type, bytes, source: .buyer)
        let list = before.map(TroubleTicket.Attachment.kept) + [new.json]
        var refusal: Setback?
        do {
            _ = try await patch(
                id, .object(["attachment": JSON.array(list)]), showing: "id",
                noting: WireRecord.words(for: name, type: type, bytes: bytes.count))
        } catch .refused(let reason) {
            // It may have been done all the same: by the same request, which came twice.
            refusal = .refused(because: reason)
        }
        let known = Set(before.compactMap { RemoteFile(attachment: $0)?.id })
        guard let file = try await files(of: id).first(where: { !known.contains($0.id) && $0.name == name }) else {
            throw refusal
                ?? .postponed(
                    because: "the supplier has taken the file \(name) and does not show it", after: Self.patience)
        }
        return file
    }

    /// A file that stands in its ticket is taken from there. Where there is an entity of its own in place of bytes, its
    /// content stands in that one.
    func content(of file: AttachedFile) async throws(Setback) -> [UInt8] {
        guard let place = file.place else {
            let there = try await attachments(of: file.ticket).compactMap { TroubleTicket.Attachment(reading: $0) }
            guard let content = there.first(where: { $0.identity == file.id })?.content else {
                throw .refused(because: "the supplier no longer has the file")
            }
            return content
        }
        let response = try await interface.answer(with: file, at: place, upTo: Self.largest)
        let type = response.fields[.contentType].map { MediaType.essence(ofFile: $0) }
        guard type == "application/json", MediaType.essence(ofFile: file.type) != "application/json",
            let entity = (try? JSON(answered: response)).flatMap({ TroubleTicket.Attachment(reading: $0) })
        else { return response.body.bytes }
        if let content = entity.content { return content }
        guard let url = entity.url, url != place else { return response.body.bytes }
        return try await interface.answer(with: file, at: url).body.bytes
    }

    private func attachments(of id: String) async throws(Setback) -> [JSON] {
        guard let ticket = try await ticket(id, showing: "attachment") else {
            throw .refused(because: "the supplier no longer has the ticket")
        }
        return ticket["attachment"]?.array ?? []
    }
}

extension RemoteFile {
    /// - Returns: nil for what is no attachment of a ticket.
    fileprivate init?(attachment json: JSON) {
        guard let file = TroubleTicket.Attachment(reading: json), let id = file.identity
        else { return nil }
        self.init(id: id, name: file.name ?? id, size: file.size)
    }
}
