import Desk
import DeskStore
import HTTP
import JSON
import Mail

/// What a program writes to have a ticket opened.
struct TicketRequest: Sendable {
    var submission: Submission

    /// The longest text of an entry, in characters.
    static let longestText = 100_000

    /// Reads the body with the words that the organisation has.
    static func form(in directory: Directory) -> JSONForm<TicketRequest> {
        let organisation = directory.organisation
        return .object { reader in
            let subject = reader.required("subject", .line())
            let text = reader.required("text", .text(length: 1...longestText))
            let requester = reader.required("requester", contact)
            let kind: Ticket.Kind? = reader.optional("kind", .word())
            let site = reader.optional("site", .word(among: organisation.sites.map(\.code)))
            let category = reader.optional("category", .word(among: organisation.categories.map(\.code)))
            let impact: Impact? = reader.optional("impact", .number)
            let urgency: Urgency? = reader.optional("urgency", .number)
            let channel = reader.optional("channel", .word(among: channels.map(\.rawValue)))
            guard let subject, let text, let requester else { return nil }
            return TicketRequest(
                submission: Submission(
                    from: requester, subject: subject, text: text,
                    channel: channel.flatMap { Channel(rawValue: $0) } ?? .api,
                    site: site.flatMap { directory.sites[$0] }, kind: kind,
                    category: category.flatMap { directory.categories[$0] }, impact: impact, urgency: urgency))
        }
    }

    /// What another program may stand in for; suppliers and imports have doors of their own.
    private static let channels: [Channel] = [.api, .mail, .web, .phone, .counter, .chat]

    static var contact: JSONForm<Contact> {
        .object { reader in
            let email = reader.required("email", address)
            let name = reader.optional("name", .line(length: 0...200))
            let language = reader.optional("language", .line(length: 2...35))
            return email.map { Contact(address: $0, name: name ?? "", language: language) }
        }
    }

    /// A mail address as it stands in an envelope (RFC 6531, section 3.3), without name, comments and brackets.
    static var address: JSONForm<String> {
        JSONForm<String>.line(length: 3...320).checked(
            "must be a mail address such as kari@example.org", format: "idn-email"
        ) { text in
            guard let address = Address(text), isHost(address.domain), address.specification == text else { return nil }
            return text
        }
    }

    /// Whether a name could be a host's: labels of letters of any script, digits and hyphens (RFC 5890, 2.3.2).
    private static func isHost(_ name: String) -> Bool {
        name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.unicodeScalars.count) && label.first != "-" && label.last != "-"
                && label.unicodeScalars.allSatisfy { scalar in
                    !scalar.isASCII || scalar == "-" || scalar.properties.isAlphabetic || "0"..."9" ~= scalar
                }
        }
    }
}
