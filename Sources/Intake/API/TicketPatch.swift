import Desk
import DeskStore
import JSON

/// What a program changes about a ticket (RFC 7396): what is left out stays, null takes the category away.
struct TicketPatch: Sendable {
    var changes = Changes()
    var subject: String?

    static func form(in directory: Directory) -> JSONForm<TicketPatch> {
        .object { reader in
            var patch = TicketPatch()
            patch.subject = reader.optional("subject", .line())
            patch.changes.editsSubject = patch.subject != nil
            patch.changes.kind = reader.optional("kind", .word())
            switch reader.given("category", .word(among: directory.organisation.categories.map(\.code))) {
            case .absent: break
            case .null: patch.changes.removesCategory = true
            case .value(let code): patch.changes.category = directory.categories[code]
            }
            patch.changes.impact = reader.optional("impact", .number)
            patch.changes.urgency = reader.optional("urgency", .number)
            patch.changes.priority = reader.optional("priority", .number)
            return patch
        }
    }
}
