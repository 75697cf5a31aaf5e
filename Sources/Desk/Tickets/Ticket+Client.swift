/// A ticket that another desk gave us: that desk speaks for the requester, so what he would be told goes to it, and
/// nothing else of the ticket does.
extension Ticket {
    /// The effects of opening it, with what is for the requester turned to the desk that speaks for him.
    func turnedToClient(_ effects: [Effect]) -> [Effect] { effects.compactMap(turnedToClient) }

    /// The effects of an event, with what is for the requester turned to the desk that speaks for him. It is not told
    /// of what it did itself.
    func turnedToClient(_ effects: [Effect], since old: Ticket, by actor: Actor) -> [Effect] {
        guard let client else { return effects }
        let turned = turnedToClient(effects)
        if actor == .supplier(client) { return turned.filter { $0.report == nil } }
        guard turned.allSatisfy({ $0.report == nil }), let progress, progress != old.progress else { return turned }
        return turned + [.report(client, progress)]
    }

    /// What the desk that speaks for the requester is told of words in which it had no part.
    func report(_ report: ServiceReport) -> [Effect] { client.map { [.report($0, report)] } ?? [] }

    private func turnedToClient(_ effect: Effect) -> Effect? {
        guard let client, case .tell(.requester, let letter, let entry) = effect else { return effect }
        return report(of: letter, entry).map { .report(client, $0) }
    }

    /// - Returns: nil for what is between us and a requester of our own.
    private func report(of letter: Letter, _ entry: EntryID?) -> ServiceReport? {
        switch letter {
        case .acknowledgement: .acknowledged
        case .question, .supplierQuestion: entry.map { .asked($0) }
        case .resolution: outcome?.isSolution == true ? .resolved(note: entry) : .returned(note: entry)
        case .merged: .returned(note: nil)
        case .callbackPromised: nil
        default: entry.map { .noted($0) }
        }
    }

    /// How far it is, where that is no news of another kind.
    private var progress: ServiceReport? {
        switch state {
        case .inProgress: .progress
        case .waitingSupplier, .waitingOther: .hold
        case .new, .assigned, .waitingRequester, .resolved, .closed: nil
        }
    }
}

extension Effect {
    fileprivate var report: ServiceReport? { if case .report(_, let report) = self { report } else { nil } }
}
