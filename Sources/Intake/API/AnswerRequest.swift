import Desk
import DeskStore
import HTTP
import JSON

/// What a program answers to the question that a supplier asked.
struct AnswerRequest: Sendable {
    /// The code of the supplier; it may be left out where only one waits.
    let supplier: String?
    let text: String

    static func form(in directory: Directory) -> JSONForm<AnswerRequest> {
        let codes = directory.organisation.suppliers.map(\.code)
        return .object { reader in
            let supplier = reader.optional("supplier", .word(among: codes))
            let text = reader.required("text", .text(length: 1...TicketRequest.longestText))
            guard let text else { return nil }
            return AnswerRequest(supplier: supplier, text: text)
        }
    }

    /// To whom the answer goes.
    ///
    /// - Parameter waiting: the suppliers that have asked and wait.
    /// - Throws: `Problem` 409 where the one meant does not wait, `JSONFaults` where it is unclear which one is.
    func supplier(among waiting: [SupplierID], in directory: Directory) throws -> SupplierID {
        if let supplier {
            if let key = directory.suppliers[supplier], waiting.contains(key) { return key }
            throw Self.nobodyAsked("Supplier \(supplier) waits for no answer of ours.")
        }
        guard let only = waiting.first else { throw Self.nobodyAsked("No supplier waits for an answer of ours.") }
        guard waiting.count == 1 else {
            let codes = waiting.compactMap { directory.suppliers.code(of: $0) }.joined(separator: ", ")
            throw AssignmentRequest.fault("supplier", "must say which supplier is answered: one of \(codes)")
        }
        return only
    }

    private static func nobodyAsked(_ detail: String) -> Problem {
        var problem = Problem(.conflict, detail: "\(detail) Write an entry instead.")
        problem.extensions["reason"] = "supplier_has_not_asked"
        return problem
    }
}
