import Desk
import DeskStore
import JSON

/// What a program changes about a ticket (RFC 7396): what is left out stays, null takes the category away and gives the
/// priority back to the matrix.
struct TicketPatch: Sendable {
    var changes = Changes()
    var subject: String?
    /// Why the priority is to be another than the matrix gives.
    var reason: String?

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
            switch reader.given("priority", JSONForm<Priority>.number) {
            case .absent: break
            case .null: patch.changes.basis = .matrix
            case .value(let priority): patch.changes.priority = priority
            }
            patch.reason = reader.optional("priority_reason", .text(length: 1...2000))
            if patch.reason != nil, patch.changes.priority == nil {
                reader.fault("priority_reason", "says why a priority was chosen; send the priority with it")
            }
            if patch.changes.priority != nil, patch.reason == nil {
                reader.fault(
                    "priority_reason", "is missing: say why the priority is to be another than the matrix gives")
            }
            let tags = reader.optional("tags", .list(of: tag, count: 0...Changes.mostTags))
            patch.changes.tags = tags.map { Set($0).sorted() }
            return patch
        }
    }

    private static var tag: JSONForm<String> {
        JSONForm<String>.line(length: 1...64)
            .checked("must be small letters, digits, '.', '-' or '_', such as vpn") { Changes.isTag($0) ? $0 : nil }
    }
}
