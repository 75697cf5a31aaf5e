import Desk
import Foundation
import Mail
import Moments
import SupplierTestSupport
import Testing

/// What people of a supplier have of the mails that came to them, and what they have written.
struct Mailbox {
    struct Case {
        let exchange: UUID
        var state = PlayedTicket.State.open
        var notes: [PlayedTicket.Note] = []
        var files: [PlayedFile] = []
        /// The last mail on it, which they answer.
        var letter: Message
    }

    var cases: [Case] = []
    var outbox: [(to: Address, content: [UInt8])] = []
    private var heard: Set<String> = []
    private var count = 0

    func place(of exchange: UUID) -> Int? { cases.firstIndex { $0.exchange == exchange } }

    /// Reads what programs read in a mail of the desk's.
    mutating func read(_ letter: Message) {
        var lines: [Substring: String] = [:]
        for line in letter.text.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ": ", maxSplits: 1)
            if parts.count == 2, lines[parts[0]] == nil { lines[parts[0]] = String(parts[1]) }
        }
        guard let exchange = lines["Exchange"].flatMap({ UUID(uuidString: $0) }), let message = lines["Message"],
            let kind = lines["Type"].flatMap({ SupplierMessage.Kind(rawValue: $0) }), heard.insert(message).inserted
        else { return }
        if place(of: exchange) == nil { cases.append(Case(exchange: exchange, letter: letter)) }
        guard let place = place(of: exchange) else { return }
        cases[place].letter = letter
        cases[place].state.hear(kind)
        if let words = lines["Note"] ?? lines["Text"] { cases[place].notes.append(.init(words, isOurs: true)) }
        cases[place].files += letter.attachments.map { PlayedFile($0.name, type: $0.type, $0.content) }
    }

    mutating func answer(_ letter: Message, _ words: String, at now: Moment) {
        guard let to = (letter.replyTo + letter.from).first else { return }
        count += 1
        let quoted = letter.text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
        let text = "\(words)\n\nOn Monday, \(to.specification) wrote:\n\n\(quoted.joined(separator: "\n"))\n"
        var draft = Draft(
            from: MailSystem.address, to: [to], subject: "Re: \(letter.subject)", text: text,
            messageID: "\(count)@\(MailSystem.address.domain)", date: now)
        draft.inReplyTo = [letter.messageID].compactMap(\.self)
        draft.references = letter.references + draft.inReplyTo
        do {
            outbox.append((to, try MessageWriter.write(draft)))
        } catch {
            Issue.record(error)
        }
    }
}
