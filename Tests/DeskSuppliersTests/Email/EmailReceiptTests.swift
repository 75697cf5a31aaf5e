import Desk
import DeskSuppliers
import Foundation
import JSON
import Testing

@Suite("A mail of a supplier")
struct EmailReceiptTests {
    private static let exchange = UUID()

    private static func receipt(
        _ text: String, subject: String = "Re: [OSL-7] New ticket: Printer HP-4000 jams", knowing: String? = nil,
        isAutomatic: Bool = false, files: [UUID] = []
    ) -> EmailReceipt {
        EmailReceipt(
            exchange: exchange, ourReference: "OSL-7", ourSubject: "Printer HP-4000 jams", theirReference: knowing,
            from: "noc@fjordnett.example", subject: subject, text: text, isAutomatic: isAutomatic, files: files)
    }

    private static func contents(
        _ receipt: EmailReceipt, knowing patterns: [String] = []
    ) -> [SupplierStatement.Content] {
        receipt.statements(knowing: patterns.compactMap { ReferencePattern($0) }).map(\.content)
    }

    @Test(
        "The first line says what the mail does, in any of the five languages",
        arguments: [
            ("Question: which floor?", SupplierStatement.Content.asked("which floor?")),
            ("solved\nReplaced the roller.", .resolved("Replaced the roller.")), ("Solved.", .resolved(nil)),
            ("*Resolved* - new roller", .resolved("new roller")), ("returned: not ours", .returned("not ours")),
            ("Fråga: vilken våning?", .asked("vilken våning?")), ("LØST", .resolved(nil)),
            ("Spørsmål – hvilken etasje?", .asked("hvilken etasje?")),
            ("Opgelost, nieuwe rol", .resolved("nieuwe rol")),
            ("Teruggegeven: niet voor ons", .returned("niet voor ons")),
            ("Pytanie: które piętro?", .asked("które piętro?")),
            ("Zwrócone", .returned(nil)), ("question", .asked("question")),
            ("We look at it tomorrow.", .noted("We look at it tomorrow.")),
            ("Solved problems are rare.", .noted("Solved problems are rare.")),
            ("Unsolved: still jams", .noted("Unsolved: still jams")),
        ])
    func firstLine(text: String, content: SupplierStatement.Content) {
        #expect(Self.contents(Self.receipt(text)) == [content])
    }

    @Test(
        "An acknowledgement takes the number behind it, whatever it looks like, and else the one that is known",
        arguments: [
            ("acknowledged: 4711", "4711"), ("Acknowledged F/77-B", "F/77-B"), ("mottatt INC0012345", "INC0012345"),
            ("Przyjęte: ZGŁ 2026/114", "2026/114"), ("ontvangen", "OSL-7"),
        ])
    func acknowledgement(text: String, reference: String) {
        #expect(Self.contents(Self.receipt(text)).first == .acknowledged(reference: reference))
    }

    @Test("An acknowledgement with more than a number is a note too")
    func acknowledgedWithWords() {
        #expect(
            Self.contents(Self.receipt("acknowledged F-77\nWe come on Tuesday.")) == [
                .acknowledged(reference: "F-77"), .noted("F-77\nWe come on Tuesday."),
            ])
        #expect(Self.contents(Self.receipt("acknowledged: F-77")) == [.acknowledged(reference: "F-77")])
    }

    @Test(
        "Their number is found in the subject and behind the word for a ticket, in five languages",
        arguments: [
            ("Re: [OSL-7] New ticket (INC0012345)", "", "INC0012345"), ("[Ticket #4711] Re: [OSL-7]", "", "4711"),
            ("RE: [OSL-7] New ticket [NOC-991]", "", "NOC-991"), ("Re: OSL-7", "Ärende nr 88213 är skapat.", "88213"),
            ("Re: OSL-7", "Saken har fått saksnummer: 2026-4411.", "2026-4411"),
            ("Re: OSL-7", "Uw melding is bekend onder referentie AB12/3.", "AB12/3"),
            ("Re: OSL-7", "Nr zgłoszenia: ZG-2026/17", "ZG-2026/17"), ("Re: OSL-7", "Our case: #12", "12"),
            ("Re: OSL-7", "Logged as RITM0099", "RITM0099"),
        ])
    func theirNumber(subject: String, text: String, reference: String) {
        let contents = Self.contents(Self.receipt(text, subject: subject))
        #expect(contents.first == .acknowledged(reference: reference))
    }

    @Test(
        "What came from us, dates, hours, models and phone numbers are no number of theirs",
        arguments: [
            "The printer HP-4000 is fine.", "We come on 2026-03-12 at 14:05.", "Call +47 22 33 44 55.",
            "The UTF-8 case is known.", "In this case 3 people looked.", "Is ticket OSL-7 still open?",
            "A request of the 12th.",
        ])
    func noNumber(text: String) {
        #expect(Self.contents(Self.receipt(text)) == [.noted(text)])
    }

    @Test("The organisation's patterns come before all others, and count in the text too")
    func ownPatterns() {
        let receipt = Self.receipt("Tracked as FN.12/7 now, ticket 99812.", subject: "Re: [OSL-7] (INC0001)")
        #expect(Self.contents(receipt, knowing: ["FN.#/#"]).first == .acknowledged(reference: "FN.12/7"))
        #expect(Self.contents(receipt).first == .acknowledged(reference: "INC0001"))
    }

    @Test("A number that is known already is not told again")
    func knownNumber() {
        let receipt = Self.receipt("On our way.", subject: "Re: [OSL-7] INC0001", knowing: "INC0001")
        #expect(Self.contents(receipt) == [.noted("On our way.")])
    }

    @Test("What a program wrote by itself tells a number and answers nothing")
    func automatic() {
        let absent = Self.receipt("Solved: I am away. Ticket 4711.", isAutomatic: true)
        #expect(Self.contents(absent).isEmpty)
        let receipt = Self.receipt("Solved", subject: "INC0012345 opened for [OSL-7]", isAutomatic: true)
        #expect(Self.contents(receipt) == [.acknowledged(reference: "INC0012345")])
    }

    @Test("Files without a word are a note of their own")
    func filesAlone() {
        #expect(Self.contents(Self.receipt("", subject: "Photo", files: [UUID()])) == [.noted("Photo")])
        #expect(Self.contents(Self.receipt("")).isEmpty)
    }

    @Test("What is kept is read again as it was, and what cannot be read says why")
    func roundTrip() throws {
        let receipt = Self.receipt("Line\nline \"two\"", knowing: "F-1", isAutomatic: true, files: [UUID(), UUID()])
        #expect(try EmailReceipt(reading: receipt.json.text.utf8) == receipt)
        let fault = #expect(throws: UnreadableEvent.self) { try EmailReceipt(reading: #"{"exchange":"x"}"#.utf8) }
        #expect(fault?.description.contains("/our_reference is required") == true)
        #expect(throws: UnreadableEvent.self) { try EmailReceipt(reading: "no".utf8) }
    }
}
