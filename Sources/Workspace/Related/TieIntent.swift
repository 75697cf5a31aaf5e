import Catalogue
import Desk
import DeskStore
import Postgres

/// How an agent wants a ticket to belong to another; the raw value stands in forms and addresses.
enum TieIntent: String, CaseIterable {
    case related
    case causedBy = "caused_by"
    case followUp = "follow_up"
    case part
    case merge

    /// What it is called on the choice and on the button.
    var phrase: Catalogue.Phrase {
        switch self {
        case .related: .tieRelated
        case .causedBy: .tieCausedBy
        case .followUp: .tieFollowUp
        case .part: .tiePart
        case .merge: .tieMerge
        }
    }

    /// What will happen, in sentences.
    var consequences: Catalogue.Phrase {
        switch self {
        case .related, .causedBy, .followUp: .tieLinkWill
        case .part: .tiePartWill
        case .merge: .tieMergeWill
        }
    }

    /// - Throws: whatever the store throws of it.
    func perform(
        on number: TicketNumber, _ other: TicketNumber, _ recording: Recording, in store: DeskStore,
        using transaction: borrowing Transaction
    ) async throws {
        switch self {
        case .related: try await store.link(number, to: other, .related, recording, using: transaction)
        case .causedBy: try await store.link(number, to: other, .causedBy, recording, using: transaction)
        case .followUp: try await store.link(number, to: other, .followUp, recording, using: transaction)
        case .part: try await store.attach(number, toParent: other, recording, using: transaction)
        case .merge: try await store.merge(number, into: other, recording, using: transaction)
        }
    }
}
