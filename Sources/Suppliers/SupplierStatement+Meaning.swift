import Catalogue
import Desk
import DeskStore
import DeskSuppliers

/// What a statement comes to, once the supplier's words have been looked up.
enum Meaning: Hashable, Sendable {
    case nothing
    /// The supplier is so far; the ticket itself is as it was.
    case progress(SupplierState)
    /// Something happens to the ticket, with these words; the exchange may move beside.
    case said(SupplierStatement.Content, words: String?, SupplierState?)
}

extension SupplierStatement {
    /// What the statement means under a supplier's mapping. A word for a state that nobody has mapped changes no state:
    /// those who answer for the ticket get a note that says so.
    func meaning(for mapping: Supplier.Mapping, in bond: BondView, _ wording: Wording) -> Meaning {
        guard case .stated(let word, let text) = content else { return .said(content, words: self.text, nil) }
        if mapping.owned.contains(.state) { return Self.note(text) }
        guard let state = mapping.state(word) ?? broader.lazy.compactMap(mapping.state).first else {
            if bond.theirState == word { return Self.note(text) }
            let told = wording(.supplierStateUnknown, ["state": word])
            return Self.note([told, text].compactMap { $0 }.joined(separator: "\n\n"))
        }
        if state == bond.state { return Self.note(text) }
        switch state {
        case .sent, .acknowledged, .inProgress: return Self.note(text, state)
        case .waitingForUs:
            let words = text ?? wording(.supplierStateWaits, ["state": word])
            return .said(.asked(words), words: words, nil)
        case .resolved: return .said(.resolved(text), words: text, nil)
        case .rejected, .withdrawn: return .said(.returned(text), words: text, nil)
        }
    }

    /// The words of it alone; nil where there are none.
    var note: Meaning? { text.map { .said(.noted($0), words: $0, nil) } }

    private static func note(_ text: String?, _ state: SupplierState? = nil) -> Meaning {
        if let text { return .said(.noted(text), words: text, state) }
        return state.map { .progress($0) } ?? .nothing
    }
}

extension SupplierStatement.Content {
    var isQuestion: Bool { if case .asked = self { true } else { false } }

    /// Whether it is a state after which the supplier has no part in the exchange any more.
    func ends(by mapping: Supplier.Mapping) -> Bool {
        guard case .stated(let word, _) = self, let state = mapping.state(word) else { return false }
        return [.resolved, .rejected, .withdrawn].contains(state)
    }
}
