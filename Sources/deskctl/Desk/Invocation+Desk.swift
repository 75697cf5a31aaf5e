import Desk
import DeskStore
import Foundation
import Moments
import Runtime

extension Invocation {
    /// A time given to an option.
    func moment(_ name: String) throws(CommandFault) -> Moment? {
        guard let word = value(name) else { return nil }
        guard let moment = Moment(rfc3339: word) else {
            throw CommandFault(
                "\(name) is \"\(word)\", which is no time.", advice: "one such as 2026-03-12T13:05:00Z.", status: .usage
            )
        }
        return moment
    }

    /// One of a few words given to an option.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, as type: Word.Type
    ) throws(CommandFault) -> Word? {
        guard let text = value(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFault("\(name) is \"\(text)\".", advice: "one of \(words).", status: .usage)
        }
        return word
    }
}

extension DeskStore {
    /// The person at an address that was typed.
    func typed(_ address: String) async throws -> PersonCard {
        guard let card = try await card(at: address) else {
            throw CommandFault("nobody has the address \(address).", advice: "deskctl person find", status: .noInput)
        }
        return card
    }
}
