import Desk
import DeskStore
import Foundation
import Intake
import Mail
import Moments
import Postgres
import SeedTestSupport

/// Mail comes in: enquiries to one desk or to several, answers, and what mail systems say by themselves.
extension Simulation {
    /// Somebody writes a mail about something; copies of it may come by several ways.
    func write() async throws {
        let directory = try await world.intake.directory()
        let addresses = directory.organisation.sites.flatMap(\.addresses)
        guard let first = addresses.randomElement(using: &random) else { return }
        let isMany = Int.random(in: 0..<40, using: &random) == 0
        let author = scenery.contact(&random).address
        for _ in 0..<(isMany ? 8 : 1) {
            let matter = post.nextMatter()
            let words = scenery.words(&random)
            var mailing = Mailing(
                kind: .enquiry, matter: matter, author: author, recipients: [first], subject: words,
                text: "\(words). Matter \(matter), and we wait.")
            if Int.random(in: 0..<6, using: &random) == 0 {
                mailing.recipients += addresses.filter { $0 != first }.prefix(1)
            }
            send(mailing, after: .zero)
            if isMany { continue }
            sendCopies(of: mailing, to: addresses)
        }
    }

    /// The same once more: by another way, or to another desk, or there in a message of its own.
    private func sendCopies(of mailing: Mailing, to addresses: [String]) {
        var copy = mailing
        copy.hops = 3
        let minutes = Int.random(in: 0...50, using: &random)
        let others = addresses.filter { !mailing.recipients.contains($0) }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: send(copy, after: .seconds(minutes * 60))
        case 1:
            guard let other = others.randomElement(using: &random) else { return }
            copy.recipients = [other]
            send(copy, after: .seconds(minutes * 600))
        case 2:
            guard let other = others.randomElement(using: &random) else { return }
            (copy.recipients, copy.message) = ([other], 2)
            send(copy, after: .seconds(minutes * 60))
        default: break
        }
    }

    private func send(_ mailing: Mailing, after pause: Duration) {
        post.note(mailing)
        agenda.plan(.mail(mailing), at: now + pause)
    }

    /// A mail system hands a mail over: it tries again for those recipients for whom it was not taken.
    func deliver(_ mailing: Mailing) async throws {
        let newest = try await newestEvent()
        let recipients = mailing.recipients.compactMap { Address($0) }
        for recipient in recipients {
            let refusal = try await tolerate("recipient") { Optional(try await self.world.door.accept(recipient)) }
            if let refusal, let reply = refusal {
                return fail("mail for the desk is wanted", about: mailing.messageID, "\(recipient): \(reply)")
            }
        }
        let envelope = Envelope(sender: mailing.sender.flatMap { Address($0) }, recipients: recipients)
        let replies = await world.door.deliver(envelope, mailing.content)
        var left: [String] = []
        for (recipient, reply) in zip(mailing.recipients, replies) {
            post.matters[mailing.matter]?.said.append("\(now.rfc3339) \(mailing.messageID) to \(recipient): \(reply)")
            if reply.isPositive {
                try await hear(reply, to: mailing, for: recipient)
            } else {
                left.append(recipient)
                report.faults["mail broken off", default: 0] += 1
                if !faults.isLit { fail("mail is taken", about: mailing.messageID, "\(recipient): \(reply)") }
            }
        }
        if mailing.isAutomatic, try await newestEvent() != newest {
            fail("what no person wrote changes no ticket", about: mailing.messageID, "an event came of it")
        }
        if !left.isEmpty {
            var rest = mailing
            rest.recipients = left
            agenda.plan(.mail(rest), at: now + .seconds(90))
        }
        // The answer gets lost on its way, and the mail system says it all again.
        if left.isEmpty, Int.random(in: 0..<20, using: &random) == 0 {
            agenda.plan(.mail(mailing), at: now + .seconds(Int.random(in: 60...9000, using: &random)))
        }
    }

    private func newestEvent() async throws -> Int64? {
        try await world.operators.database.first("select max(id) from event", as: Int64?.self) ?? nil
    }

    /// The desk says that it has a mail, and which ticket it is in.
    private func hear(_ reply: SMTPReply, to mailing: Mailing, for recipient: String) async throws {
        post.taken["\(mailing.messageID) \(recipient.lowercased())", default: 0] += 1
        deeds["mail: \(mailing.kind.rawValue)", default: 0] += 1
        if reply.text.contains("kept parked") { return await parked(mailing) }
        guard let number = reply.text.split(separator: " ").last.flatMap({ TicketNumber(String($0)) }) else {
            // A copy of one that is parked says nothing of a ticket either.
            let isParked = post.matters[mailing.matter]?.isParked ?? false
            if !mailing.isAutomatic, !isParked {
                fail("a mail comes into a ticket", about: mailing.messageID, "\(recipient): \(reply)")
            }
            return
        }
        if mailing.isAutomatic {
            return fail("what no person wrote is in no ticket", about: mailing.messageID, "\(reply)")
        }
        lookAgain(at: number)
    }

    /// The desk has a ticket; whoever thought that he was done with it looks again.
    func lookAgain(at number: TicketNumber) {
        if !isAcknowledged(number) { return take(number) }
        agenda.plan(.act(number), at: now + scenery.thought(&random))
    }

    private func parked(_ mailing: Mailing) async {
        post.matters[mailing.matter]?.isParked = true
        agenda.plan(.release, at: now + .seconds(Int.random(in: 600...90_000, using: &random)))
    }

    /// An operator releases what was parked.
    func releaseMail() async throws {
        let parked = try await world.operators.parkedMail()
        guard let mail = parked.first else { return }
        let operators = world.operatorsDoor
        let outcome = try await tolerate("release") { try await operators.release(mail) }
        guard let outcome else {
            agenda.plan(.release, at: now + .seconds(600))
            return
        }
        deeds["mail: released", default: 0] += 1
        if let number = TicketNumber(outcome) { lookAgain(at: number) }
    }
}
