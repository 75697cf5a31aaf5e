import DeskStore
import Intake
import Mail
import Testing

@Suite("What a mail is")
struct MailSortingTests {
    private func sorting(_ mail: String) -> MailSorting {
        let message = MessageParser().parse(Array(mail.utf8))
        return MailSorting(message, sender: message.returnPath)
    }

    @Test("What a person wrote is a request, whatever it says of bounces", arguments: GenuineMail.all.map(\.name))
    func genuine(name: String) throws {
        let mail = try #require(GenuineMail.all.first { $0.name == name }?.mail)
        guard case .request = sorting(mail) else {
            Issue.record("\(name) is taken for something else: \(sorting(mail))")
            return
        }
    }

    @Test("The same words in the name of the mail system, or of nobody, are a bounce")
    func systems() throws {
        let mail = try #require(GenuineMail.all.first { $0.name == "a forwarded bounce" }?.mail)
        for (person, system) in [
            ("Anna <anna@", "Mail Delivery System <MAILER-DAEMON@"), ("<anna@customer.example>", "<>"),
        ] {
            let sorting = sorting(mail.replacing(person, with: system))
            guard case .kept(.bounce, _) = sorting else {
                Issue.record("not a bounce: \(sorting)")
                return
            }
        }
    }
}
