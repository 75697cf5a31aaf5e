import Desk

/// What somebody may do about a ticket.
enum Act: String, CaseIterable {
    case take, note, message, ask, hold, resume, handOver, assign, release
    case refer, recall, answerSupplier
    case resolve, withdraw, reopen, close, reply
    case change, promise, keepPromise, judgeSufficient, giveBack
    case inquire, answerInquiry, withdrawInquiry, offer, acceptOffer, declineOffer
    case escalate, changeOwner, reroute
    case link, unlink, merge, attach, detach, waitWithParent, split, announce, standDown, joinTrouble, belong
    case mention, runMacro

    /// How likely it is that somebody does this with a ticket as it is; now and then people try what cannot be.
    ///
    /// - Parameter turn: how often something was done about it: in the end all tickets are solved.
    func weight(for ticket: Ticket, turn: Int) -> Int {
        let open = ticket.undertakings
        let isOver = ticket.state == .resolved || ticket.state == .closed
        if isOver {
            switch self {
            case .close: return ticket.state == .resolved ? 20 + turn * 2 : 0
            case .reopen, .reply: return turn > 25 ? 0 : ticket.state == .resolved ? 8 : 2
            case .link, .note, .message: return 1
            default: return turn > 25 ? 0 : 1
            }
        }
        switch self {
        case .take: return ticket.responsibility.person == nil ? 30 : 2
        case .note, .message: return 8
        case .ask: return 8
        case .hold: return 4
        case .resume: return ticket.state == .waitingOther || ticket.state == .waitingRequester ? 15 : 1
        case .reply: return ticket.state == .waitingRequester ? 40 : 5
        case .handOver: return turn > 15 ? 1 : 9
        case .assign, .release: return 3
        case .refer: return turn > 15 ? 1 : 8
        case .recall: return ticket.suppliers.isEmpty ? 1 : 6
        case .answerSupplier: return ticket.sharings.contains { $0.waitsForDesk } ? 60 : 1
        case .resolve: return turn * 3
        case .withdraw: return 1
        case .change: return 8
        case .promise: return 4
        case .keepPromise: return open.callback == nil ? 1 : 20
        case .judgeSufficient, .giveBack: return open.isSufficient == nil ? 5 : 1
        case .inquire: return 5
        case .answerInquiry: return open.inquiries.isEmpty ? 0 : 20
        case .withdrawInquiry: return open.inquiries.isEmpty ? 0 : 4
        case .offer: return 2
        case .acceptOffer, .declineOffer: return open.offer == nil ? 0 : 20
        case .escalate, .changeOwner, .reroute: return 2
        case .attach: return 4
        case .link, .merge, .split, .joinTrouble, .belong, .mention, .runMacro: return 2
        case .unlink: return 1
        case .detach: return ticket.ties.parent == nil ? 0 : 3
        case .waitWithParent: return ticket.ties.parent == nil || ticket.ties.waitsForParent ? 0 : 40
        case .announce: return 2
        case .standDown: return ticket.ties.isMajor ? 6 : 0
        case .reopen, .close: return 1
        }
    }
}
