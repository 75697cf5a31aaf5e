import Desk
import DeskMail
import DeskStore
import Foundation
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

    /// - Parameter following: to whom it goes next.
    /// - Returns: nil if no mail goes out at all; then nothing was tried.
    func send(
        _ letter: OwedLetter, to person: PersonRecord, after delivery: Delivery, before following: PersonRecord?
    ) async throws -> Delivery.Outcome? {
        let contents = try await contents(of: composer.files(of: letter, to: person))
        return try await send(letter, to: person, with: contents, after: delivery, before: following)
    }

    /// What stands in the files that go along; one that is not there whole is left to the page.
    private func contents(of files: [AttachmentView]) async throws -> [UUID: [UInt8]] {
        if files.isEmpty { return [:] }
        return try await store.transaction { (transaction: borrowing Transaction) in
            var contents: [UUID: [UInt8]] = [:]
            for file in files {
                let bytes = try await transaction.blob(file.sha256)
                if bytes.count == file.size { contents[file.id] = bytes }
            }
            return contents
        }
    }

    private func send(
        _ letter: OwedLetter, to person: PersonRecord, with contents: [UUID: [UInt8]], after delivery: Delivery,
        before following: PersonRecord?
    ) async throws -> Delivery.Outcome? {
        guard let draft = composer.draft(letter, for: person, at: store.timekeeper.now, contents: contents) else {
            let reason = "\(person.address) is no address that mail can be sent to"
            return try await note(.refused(reason), of: letter, for: person, before: following)
        }
        let envelope = Envelope(sender: composer.returnAddress(of: letter, to: person), recipients: draft.to)
        let message = try MessageWriter.write(draft)
        // By what they are, not by chance: the same try of the same letter waits as long in every play of a desk.
        let state = UInt64(bitPattern: letter.id ^ person.id.rawValue << 32) &+ UInt64(delivery.tries)
        var chance = SplitMix64(state: state)
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
        if !contents.isEmpty, reply?.isAboutSize == true {
            return try await send(letter, to: person, with: [:], after: delivery, before: following)
        }
        guard let outcome else { return nil }
        let isUnknown = reply?.isAboutAddress == true
        return try await note(outcome, of: letter, for: person, isUnknown: isUnknown, before: following)
    }

    /// - Parameter isUnknown: whether nobody has the address.
    private func note(
        _ outcome: Delivery.Outcome, of letter: OwedLetter, for person: PersonRecord, isUnknown: Bool = false,
        before following: PersonRecord?
    ) async throws -> Delivery.Outcome {
        let now = store.timekeeper.now
        let noted = try await store.transaction { (transaction: borrowing Transaction) in
            var outcome = outcome
            // A supplier has the one address that the organisation names.
            if isUnknown, letter.exchange == nil, case .refused(let reason) = outcome {
                let hasOther = try await transaction.markUndeliverable(
                    person.address, of: person.id, at: now)
                // The same letter goes to his other address at once.
                if hasOther { outcome = .later(now, because: reason, isUnsure: false) }
            }
            try await transaction.note(outcome, of: letter.id, for: person, at: now, before: following)
            if case .refused = outcome { try await store.tellOfReturn(of: letter.id, at: now, using: transaction) }
            return outcome
        }
        RoutingPoint.letterSettled.pass()
        return noted
    }
}
