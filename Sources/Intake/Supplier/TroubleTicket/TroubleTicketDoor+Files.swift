import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import Foundation
import HTTP

/// The content of a ticket's attachments. What their names and types say is the sender's.
extension TroubleTicketDoor {
    /// The last segment but one of a file's path.
    static let files = "attachment"

    func fileEndpoint(_ version: TroubleTicketVersion) -> Endpoint<SupplierClient> {
        Endpoint(.get, "\(version.path)/troubleTicket/:id/\(Self.files)/:file") { request, client, id, file in
            let shown = face(version, for: client).ticket(try await held(id, of: client)).attachments
            guard let uuid = UUID(uuidString: file), shown.contains(where: { $0.id == uuid.uuidString.lowercased() }),
                let found = try await store.file(uuid, of: client.id)
            else {
                throw TroubleTicketError(
                    status: 404, reason: "The ticket has no such attachment, or it may no longer leave the desk.")
            }
            return found.response(to: request, of: client.id, from: store)
        }
    }
}

extension AttachmentView {
    /// A file as a supplier's system is given it.
    func response(to request: Request, of supplier: SupplierID, from store: DeskStore) -> Response {
        content(
            type: mediaType,
            fields: [.cacheControl: "private, no-store", "Content-Security-Policy": "sandbox; default-src 'none'"],
            from: store, seeing: Sight(portalOf: [supplier])
        ).response(to: request)
    }
}

extension Upload {
    /// A file that came within a ticket.
    init(_ file: TroubleTicket.Attachment) {
        self.init(
            name: Upload.name(file.name ?? ""), type: file.mimeType ?? "application/octet-stream",
            bytes: file.content ?? [])
    }
}
