/// What a desk that has given us a ticket is told of it. Its words are those that its requester may read.
public enum ServiceReport: Hashable, Sendable {
    /// We have the ticket, under a number of ours.
    case acknowledged
    case noted(EntryID)
    /// A question to the requester; we wait for the answer.
    case asked(EntryID)
    /// Somebody works on it.
    case progress
    /// It waits for something that the requester has no part in, such as a supplier of ours.
    case hold
    case resolved(note: EntryID?)
    /// It ends here without a solution: the other desk has it again.
    case returned(note: EntryID?)

    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case acknowledged
        case noted
        case asked
        case progress
        case hold
        case resolved
        case returned
    }

    public var kind: Kind {
        switch self {
        case .acknowledged: .acknowledged
        case .noted: .noted
        case .asked: .asked
        case .progress: .progress
        case .hold: .hold
        case .resolved: .resolved
        case .returned: .returned
        }
    }

    public var note: EntryID? {
        switch self {
        case .noted(let note), .asked(let note): note
        case .resolved(let note), .returned(let note): note
        case .acknowledged, .progress, .hold: nil
        }
    }
}
