import Desk
import DeskSuppliers
import Foundation
import Moments

/// All that the supplier knows: what it has heard, what it works on, and what it still has to tell the desk.
struct Workbook: Codable, Sendable {
    /// A ticket that the desk shares with the supplier.
    struct Exchange: Codable, Sendable {
        let account: String
        /// The desk's number.
        let ticket: String
        /// The supplier's own number.
        let reference: String
        var isFinished = false
    }

    /// An event for the desk. Its id and its bytes are fixed, so that the desk knows a repetition.
    struct Outgoing: Codable, Sendable {
        let id: UUID
        let account: String
        let exchange: UUID
        let ticket: String
        /// What it tells, for the log.
        let step: String
        let body: String
        /// When it is to be sent; when to try again after a failure.
        var due: Moment
        var failures = 0
    }

    /// How many ids of the desk's events are remembered.
    static let memory = 10_000

    private(set) var heard: [String] = []
    private(set) var exchanges: [String: Exchange] = [:]
    private(set) var outgoing: [Outgoing] = []
    private(set) var count = 0

    /// Takes an event of the desk and decides what to answer.
    ///
    /// - Parameter work: how long the supplier thinks before it asks, and before it resolves.
    /// - Returns: whether it was new; an event that has been here changes nothing.
    mutating func hear(_ event: CloudEvent<DeskMessage>, for account: String, at now: Moment, work: Duration) -> Bool {
        let key = "\(account) \(event.id)"
        guard !heard.contains(key) else { return false }
        heard = heard.suffix(Self.memory - 1) + [key]
        let message = event.payload
        let name = message.exchange.uuidString
        switch message.kind {
        case .referral:
            guard exchanges[name] == nil else { break }
            count += 1
            let reference = "\(account.prefix(2).uppercased())-\(1000 + count)"
            exchanges[name] = Exchange(account: account, ticket: message.ourReference, reference: reference)
            tell("acknowledged", .acknowledged(reference: reference), in: message.exchange, at: now)
            tell("asked", .asked("Since when does it happen, and in which room?"), in: message.exchange, at: now + work)
        case .answer:
            guard let exchange = exchanges[name], !exchange.isFinished else { break }
            exchanges[name]?.isFinished = true
            tell(
                "resolved", .resolved("Repaired and tested. Our reference is \(exchange.reference)."),
                in: message.exchange, at: now + work)
        case .question:
            guard exchanges[name] == nil else { break }
            exchanges[name] = Exchange(account: account, ticket: message.ourReference, reference: "")
            tell("noted", .noted("No fault is known to us there."), in: message.exchange, at: now + work)
        case .reopening:
            guard let exchange = exchanges[name] else { break }
            exchanges[name]?.isFinished = false
            tell("acknowledged", .acknowledged(reference: exchange.reference), in: message.exchange, at: now)
            tell("asked", .asked("What does it do now?"), in: message.exchange, at: now + work)
        case .note, .change, .closure, .escalation: break
        case .withdrawal:
            exchanges[name]?.isFinished = true
            outgoing.removeAll { $0.exchange == message.exchange }
        }
        return true
    }

    /// The event that is to go next: the earliest of those at the head of their exchange.
    func next() -> Outgoing? {
        var begun: Set<UUID> = []
        return outgoing.filter { begun.insert($0.exchange).inserted }.min { $0.due < $1.due }
    }

    /// The desk has the event, or will never take it.
    mutating func finish(_ id: UUID) { outgoing.removeAll { $0.id == id } }

    mutating func postpone(_ id: UUID, until due: Moment) {
        guard let place = outgoing.firstIndex(where: { $0.id == id }) else { return }
        outgoing[place].due = due
        outgoing[place].failures += 1
    }

    private mutating func tell(
        _ step: String, _ content: SupplierStatement.Content, in exchange: UUID, at due: Moment
    ) {
        guard let known = exchanges[exchange.uuidString] else { return }
        let id = UUID()
        let event = CloudEvent(
            id: id.uuidString.lowercased(), source: "https://\(known.account).example", subject: known.reference,
            time: due, sequence: nil, payload: SupplierStatement(exchange: exchange, content))
        outgoing.append(
            Outgoing(
                id: id, account: known.account, exchange: exchange, ticket: known.ticket, step: step, body: event.text,
                due: due))
    }
}
