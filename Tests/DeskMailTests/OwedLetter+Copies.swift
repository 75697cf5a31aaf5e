import Catalogue
import Desk
import DeskTestSupport
import Moments

@testable import DeskStore

extension OwedLetter {
    /// The same letter as one of another kind.
    func copy(
        as kind: Letter, entry: EntryView? = nil, cause: Ticket.Event? = nil,
        mails: [PersonID: [ThreadMail]]? = nil
    ) -> OwedLetter {
        OwedLetter(
            id: id, uuid: uuid, kind: kind, record: record, conversation: conversation, entry: entry ?? self.entry,
            cause: cause ?? self.cause, other: record.ticket.number, due: TestDesk.monday, opensAt: nil, zone: zone,
            writtenAt: writtenAt, recipients: recipients, outsiders: outsiders,
            ownReports: Dictionary(
                recipients.map { ($0.id, OwnReport(number: record.ticket.number, subject: record.subject)) }
            ) { first, _ in first }, titles: [:], trouble: trouble, mails: mails ?? self.mails,
            deliveries: deliveries, directory: directory, ownTemplates: ownTemplates)
    }
}
