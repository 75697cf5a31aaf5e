import Desk
import DeskStore
import Foundation

/// Which mails a letter answers and goes on from, so that the recipient's program shows the conversation as one.
struct LetterThread: Hashable {
    /// How many of the oldest and of the youngest mails are named; headers must not grow without end.
    private static let oldest = 4
    private static let youngest = 6
    /// The longest identifier that is given back; what is longer was cut where it is kept.
    private static let longest = 300

    /// The last mail that the recipient wrote about the ticket.
    let inReplyTo: String?
    /// Oldest first, with the mail that is answered at the end. Programs also group by the first of them, which all
    /// letters of a ticket share: it names no mail, and so holds those together that answer none.
    let references: [String]

    init(of letter: OwedLetter, to person: PersonID, at domain: String) {
        var chain: [String] = []
        var answered: String?
        for mail in letter.mails[person] ?? [] {
            switch mail {
            case .received(let id):
                guard Self.canBeNamed(id) else { continue }
                answered = id
                chain.append(id)
            case .sent(let uuid): chain.append(LetterID(letter: uuid, person: person).text(at: domain))
            }
        }
        var named: Set<String> = []
        chain = chain.reversed().filter { $0 != answered && named.insert($0).inserted }.reversed()
        if let answered { chain.append(answered) }
        if chain.count > Self.oldest + Self.youngest {
            chain = Array(chain.prefix(Self.oldest) + chain.suffix(Self.youngest))
        }
        inReplyTo = answered
        // A supplier learns nothing by which the requester's conversation could be entered.
        let root = letter.exchange.map { "exchange.\($0.id.uuidString.lowercased())" }
        references = ["\(root ?? "ticket.\(letter.conversation.uuidString.lowercased())")@\(domain)"] + chain
    }

    /// Whether an identifier that a stranger chose, or that was made up for want of one, can stand in a header.
    private static func canBeNamed(_ id: String) -> Bool {
        let utf8 = id.utf8
        return utf8.count <= longest && !id.hasPrefix("none:")
            && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
            && utf8.contains(UInt8(ascii: "@"))
    }
}
