import Desk
import DeskStore
import JSON

/// Where a program hands a ticket over to, and why.
struct HandoverRequest: Sendable {
    let target: HandoverTarget
    let reason: String
    let note: String

    static func form(in directory: Directory) -> JSONForm<HandoverRequest> {
        .object { reader in
            let target = reader.required("to", HandoverTarget.form(in: directory))
            let reason = reader.required("reason", .line())
            let note = reader.required("note", .text(length: 1...TicketRequest.longestText))
            guard let target, let reason, let note else { return nil }
            return HandoverRequest(target: target, reason: reason, note: note)
        }
    }
}
