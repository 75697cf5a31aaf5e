import Catalogue
import Desk
import DeskStore

/// What a letter says to one of its recipients, before it is text or HTML.
struct LetterContent {
    let words: LetterWords
    let person: PersonRecord
    /// The name of the desk that writes.
    let desk: String
    let publicURL: String
    /// The token that lets the requester in.
    let key: String
    /// The names of the files that do not go along.
    let filesOnPage: [String]

    private var letter: OwedLetter { words.letter }
    private var wording: Wording { words.wording }
    private var isRequester: Bool { letter.kind.isForRequester }
    private var isOutsider: Bool { letter.outsiders.contains(person.id) }

    var parts: [LetterPart] {
        let name = person.name.split(whereSeparator: \.isNewline).joined(separator: " ")
        var parts: [LetterPart] = [
            .sentence(name.isEmpty ? wording(.mailGreetingNameless) : wording(.mailGreeting, ["name": name])),
            .sentence(words.body),
        ]
        if letter.kind == .resolution, let outcome = letter.record.ticket.outcome {
            parts.append(.sentence(wording(.mailOutcome, ["outcome": wording(.outcome, outcome.rawValue)])))
        }
        if letter.kind == .acknowledgement {
            parts += words.trouble
            parts += [words.expectation, wording(.mailYouWrote)].compactMap { $0.map(LetterPart.sentence) }
        }
        // What the desk says to itself never leaves it, whatever a letter was written about.
        if let entry = letter.entry, !isOutsider, entry.visibility == .public || !isRequester {
            parts.append(.words(entry.text))
        }
        if !filesOnPage.isEmpty {
            parts.append(.sentence(wording(.mailFilesOnPage, ["names": filesOnPage.joined(separator: ", ")])))
        }
        if letter.kind == .resolution {
            parts += [wording(.mailReopenHint), words.closing].compactMap { $0.map(LetterPart.sentence) }
        }
        parts += [way, .sentence(wording(.mailSignature, ["desk": desk]))]
        if isRequester, !words.name.number.isEmpty {
            parts.append(.footer(wording(.mailFooter, ["reference": "[\(words.name.number)]"])))
        }
        return parts
    }

    private var way: LetterPart {
        let number = letter.record.ticket.number
        if isOutsider { return .sentence(wording(.mailConfidential)) }
        if letter.kind == .followedSolved { return .sentence(wording(.mailFollow, ["link": publicURL + "/"])) }
        let link = publicURL + (isRequester ? "/tickets/\(number)?key=\(key)" : "/desk/tickets/\(number)")
        return .way(
            to: link, sentence: wording(isRequester ? .mailFollow : .mailOpenTicket, ["link": link]),
            label: wording(.mailButton))
    }
}

extension [LetterPart] {
    /// The letter as plain text, which says all that the HTML says.
    var text: String {
        map { part in
            switch part {
            case .sentence(let text), .block(let text), .way(_, let text, _), .footer(let text): text
            case .words(let text):
                text.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }.joined(separator: "\n")
            }
        }.joined(separator: "\n\n") + "\n"
    }
}
