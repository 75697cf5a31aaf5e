import Desk
import DeskMail
import DeskStore
import Mail
import Moments
import Postgres
import Runtime

/// Sends a letter to one person and writes down what became of it.
struct LetterSender: Sendable {
    let store: DeskStore
    let composer: LetterComposer
    let pool: SMTPPool
    let outage: SmarthostOutage

    /// How long one mail may take, with the opening of a connection.
    static let timeLimit = Duration.seconds(60)

    /// - Returns: nil if no mail goes out at all; then nothing was tried.
    func send(
        _ letter: OwedLetter, to person: PersonRecord, after delivery: Delivery
    ) async throws -> Delivery.Outcome? {
        guard let draft = composer.draft(letter, for: person, at: store.timekeeper.now) else {
            let reason = "\(person.address) is no address that mail can be sent to"
            return try await note(.refused(reason), of: letter, for: person)
        }
        let envelope = Envelope(sender: composer.returnAddress(of: letter, to: person), recipients: draft.to)
        let message = try MessageWriter.write(draft)
        var chance = Spread(state: UInt64(bitPattern: letter.id ^ person.id.rawValue << 32) &+ UInt64(delivery.tries))
        var outcome: Delivery.Outcome?
        var reply: SMTPReply?
        do throws(SMTPFailure) {
            reply = try await pool.send(message, envelope, within: Self.timeLimit).first
            RoutingPoint.letterSent.pass()
            outcome = reply.map {
                DeliveryRules.outcome(of: $0, after: delivery, at: store.timekeeper.now, using: &chance)
            }
        } catch {
            outcome = DeliveryRules.outcome(of: error, after: delivery, at: store.timekeeper.now, using: &chance)
            guard outcome != nil else {
                try await outage.began(because: "\(error)")
                return nil
            }
            if case .permanent(let refusal) = error { reply = refusal }
        }
        try await outage.ended()
        guard let outcome else { return nil }
        return try await note(outcome, of: letter, for: person, isUnknown: reply?.isAboutAddress == true)
    }

    /// - Parameter isUnknown: whether nobody has the address.
    private func note(
        _ outcome: Delivery.Outcome, of letter: OwedLetter, for person: PersonRecord, isUnknown: Bool = false
    ) async throws -> Delivery.Outcome {
        let now = store.timekeeper.now
        let noted = try await store.transaction { (transaction: borrowing Transaction) in
            var outcome = outcome
            if isUnknown, case .refused(let reason) = outcome {
                let hasOther = try await transaction.markUndeliverable(
                    person.address, of: person.id, at: now)
                // The same letter goes to his other address at once.
                if hasOther { outcome = .later(now, because: reason, isUnsure: false) }
            }
            try await transaction.note(outcome, of: letter.id, for: person, at: now)
            if case .refused = outcome { try await store.tellOfReturn(of: letter.id, at: now, using: transaction) }
            return outcome
        }
        RoutingPoint.letterSettled.pass()
        return noted
    }
}

/// Spreads the times of letters apart by what they are, not by chance: the same try of the same letter waits as long in
/// every play of a desk.
private struct Spread: RandomNumberGenerator {
    var state: UInt64

    /// SplitMix64, which makes of numbers beside one another such as lie far apart.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
