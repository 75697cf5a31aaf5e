import Desk
import DeskStore
import DeskTestSupport
import Foundation
import Intake
import Mail
import Postgres
import Runtime
import SupplierTestSupport
import Synchronization
import Testing

/// A supplier whose people read mail and answer it, quoting what they answer. A message they have once, by its
/// identity, however often it comes.
final class MailSystem: CarriedSystem {
    static let address = Address(name: "Ola Nett", local: "service", domain: "fjordnett.example")

    let clock: ManualTime
    private let mailbox: Shelf
    private let sink: MailSink

    /// Where mails are put, by a mail server that knows nothing of who reads them.
    private final class Shelf: Sendable { let content = Mutex(Mailbox()) }

    init(clock: ManualTime) throws {
        let mailbox = Shelf()
        (self.clock, self.mailbox) = (clock, mailbox)
        sink = try MailSink(domain: Self.address.domain) { content in
            let letter = MessageParser().parse(content)
            mailbox.content.withLock { $0.read(letter) }
        }
    }

    var members: [String: Any] {
        ["connector": "email", "address": Self.address.specification, "contact": Self.address.specification]
    }

    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer { try await sink.run(body) }
    func misbehave(_ fault: PlayedFault) { sink.misbehave(fault) }
    func misbehaveWriting(_ fault: PlayedFault) { sink.misbehave(fault) }

    var held: [PlayedTicket] {
        mailbox.content.withLock { $0.cases.map { PlayedTicket($0.exchange, $0.state, $0.notes) } }
    }

    func files(of exchange: UUID) -> [PlayedFile] {
        mailbox.content.withLock { $0.cases.filter { $0.exchange == exchange }.flatMap(\.files) }
    }

    func say(_ text: String, on exchange: UUID) {
        mailbox.content.withLock { mailbox in
            guard let place = mailbox.place(of: exchange) else { return }
            mailbox.cases[place].notes.append(.init(text, isOurs: false))
            mailbox.answer(mailbox.cases[place].letter, text, at: clock.now)
        }
    }

    func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        mailbox.content.withLock { mailbox in
            guard let place = mailbox.place(of: exchange) else { return }
            mailbox.cases[place].state = state
            let words =
                switch state {
                case .open: "On our way."
                case .waiting: "Spørsmål: Which one?"
                case .resolved, .closed: "Løst: A new cable."
                case .withdrawn: "Returnert: Not ours."
                }
            mailbox.answer(mailbox.cases[place].letter, words, at: clock.now)
        }
    }

    /// The mails that they have sent since.
    fileprivate func takeMails() -> [(to: Address, content: [UInt8])] {
        mailbox.content.withLock { mailbox in
            defer { mailbox.outbox = [] }
            return mailbox.outbox
        }
    }

    func messenger(of desk: SharedDesk) throws -> any Messenger {
        let gateway = try TestDesk(as: "meridian_intake", time: desk.time)
        return PostOffice(
            system: self, letters: try LetterWorker(of: desk, to: sink), gateway: gateway,
            door: MailDoor(store: gateway.store, keys: desk.keys, log: .silent, offload: Offload(width: 1)))
    }
}

/// Letters to a supplier that reads mail, and its answers by the mail door of the gateway.
private struct PostOffice: Messenger {
    let system: MailSystem
    let letters: LetterWorker
    let gateway: TestDesk
    let door: MailDoor

    func carry(ahead lead: Duration) async throws { try await letters.work(ahead: lead) }
    var isBusy: Bool { get async throws { try await letters.isBusy } }

    func bring() async throws {
        for mail in system.takeMails() {
            let envelope = Envelope(sender: MailSystem.address, recipients: [mail.to])
            // A mail server that was not answered brings a mail again.
            for _ in 0..<2 {
                let replies = await door.deliver(envelope, mail.content)
                #expect(replies.map(\.code) == [250])
            }
        }
    }

    func close() async {
        await letters.close()
        await gateway.store.database.close()
    }
}
