import Desk
import DeskStore
import DeskSuppliers
import Foundation
import JSON
import Runtime
import Suppliers

extension Command {
    static let supplierTry = Command(
        words: ["supplier", "try"],
        summary: "Show exactly what would leave to a supplier of a ticket, and send nothing",
        details: """
            FILE holds the ticket as JSON, its members named as in a supplier's "fields": subject, kind, category, \
            impact, urgency, priority, site, requester_name, requester_email, description, note, message, and files as \
            objects of name, type, size (bytes) and part: which of the last three they came with.
            """,
        operands: ["NAME", "FILE"],
        options: [.value("--message", "WORD", "referral without it; answer, note, change, closure, …"), .data]
    ) { invocation in
        let path = invocation.operand(1) ?? ""
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFault("\(path) cannot be read.", advice: "name a file with a ticket.", status: .noInput)
        }
        let facts = try JSON.parse(data).read(TicketFacts.form)
        let kind = try invocation.word("--message", as: SupplierMessage.Kind.self) ?? .referral
        return try await withSupplier(invocation) { supplier, _, _, store in
            let run = DryRun(supplier, timekeeper: store.timekeeper)
            let text = await run.requests(telling: kind, facts, from: "https://desk.example")
            let none = "Nothing is sent: the supplier works in the desk's own portal."
            Terminal.write(text ?? none, to: .output)
        }
    }
}
