import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import Moments
import TimeZones

/// Says what a message that came in is, wherever it is shown.
struct MailTeller {
    let wording: Wording
    let zone: Zone
    let directory: Directory

    static func place(of mail: InboundMail) -> Link { "/desk/mail/\(mail.uuid.uuidString.lowercased())" }

    func subject(of mail: InboundMail) -> HTML {
        guard let subject = mail.subject, !subject.isEmpty else {
            return "<span class=\"muted\">\(wording(.inboundNoSubject))</span>"
        }
        return "<bdi>\(subject)</bdi>"
    }

    func sender(of mail: InboundMail) -> HTML {
        let address = [mail.author, mail.sender].compactMap(\.self).first { !$0.isEmpty }
        guard let address else { return "<span class=\"muted\">\(wording(.inboundNoSender))</span>" }
        return "<bdi>\(address)</bdi>"
    }

    /// Whose mail it is: that of the address to which it came, or of its ticket where that is one of our letters'.
    func site(of mail: InboundMail) -> String {
        let organisation = directory.organisation
        let code = organisation.site(receiving: mail.recipient)?.code ?? mail.ticket?.site
        return organisation.sites.first { $0.code == code }?.name ?? ""
    }

    func kind(of mail: InboundMail) -> HTML {
        let tone =
            switch mail.kind {
            case .request, .followUp: " state-assigned"
            case .claim, .parked: " mark-class"
            case .unreadable: " mark-major"
            case .bounce, .feedback, .autoReply, .duplicate: ""
            }
        return "<span class=\"badge\(tone)\">\(wording(.mailKind, mail.kind.rawValue))</span>"
    }

    /// Why it became that. A sentence that is none of the known ones is shown as it was kept.
    func why(_ mail: InboundMail) -> HTML {
        if let why = mail.why { return HTML(text: wording(.mailReason, why.rawValue)) }
        return "<span lang=\"en\" dir=\"auto\">\(mail.reason)</span>"
    }

    func ticket(_ number: TicketNumber?) -> HTML? {
        number.map { number in
            let place: Link = "/desk/tickets/\(number.description)"
            return "<a class=\"ticket-number\" href=\"\(place)\">\(number.description)</a>"
        }
    }

    func received(_ mail: InboundMail) -> HTML {
        """
        <time datetime="\(mail.receivedAt.rfc3339)">\(wording.dateAndTime(mail.receivedAt, in: zone))</time>
        """
    }
}
