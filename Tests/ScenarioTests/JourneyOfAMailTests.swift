import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Intake
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("A mail's journey through the desk, with the time handed in", .database(template: TestDesk.template))
struct JourneyOfAMailTests {
    private static let recipient = "hjelp@oslo.norrsken.example"

    @Test(
        "From Oslo to Amsterdam to the supplier and back: legs, clocks, deadlines, letters and figures",
        arguments: ArrivingMail.plain)
    func wholeJourney(mail: ArrivingMail) async throws {
        try await Scenario.run { scenario in
            let number = try await arrive(mail.bytes, at: scenario)
            let play = try await Play(scenario: scenario, number: number)
            scenario.time.advance(by: .seconds(60))
            try await scenario.settle()
            try await play.expect([.opened, .changed, .routed])

            try await play.at(minute: 10, by: "kari.nordmann@norrsken.example") { .taken($0.person) }
            try await play.at(minute: 20, by: "kari.nordmann@norrsken.example", saying: "Yours, please.") { cast in
                .handedOver(
                    try cast.responsibility(of: "ams-workplace", at: "AMS"), reason: "skill", note: try cast.note())
            }
            // 20 minutes are used up in Oslo. Of the four hours, three are over at 13:00 in Amsterdam plus half an hour
            // of lunch, which is 12:30 UTC; all four are over an hour later.
            try await play.expectDeadlines(upTo: 209, 0)
            try await play.expectDeadlines(upTo: 210, 1)
            try await play.expectDeadlines(upTo: 211, 0)

            try await play.at(minute: 220, by: "femke.smit@norrsken.example", saying: "Is it the cable?") { cast in
                .referred(try cast.supplier("printwerk"), note: cast.occasion.entry)
            }
            try await scenario.settle()
            try await play.hear(.acknowledged(reference: "PW-7"), minute: 230)
            try await play.hear(.asked("Which floor?"), minute: 240)
            try await play.at(minute: 250, by: "femke.smit@norrsken.example", saying: "The third.") { cast in
                .supplierAnswered(try cast.supplier("printwerk"), note: try cast.note())
            }
            try await scenario.settle()
            try await play.expectDeadlines(upTo: 269, 0)
            try await play.expectDeadlines(upTo: 270, 1)
            try await play.hear(.resolved("It was the cable."), minute: 290)
            try await play.at(minute: 300, by: "femke.smit@norrsken.example", saying: "It works.", visibly: true) {
                .resolved(.solved, note: $0.occasion.entry)
            }
            try await play.at(minute: 310, by: "femke.smit@norrsken.example") { _ in .closed }
            try await scenario.settle()

            try await play.checkLedger()
            try await play.checkClocks()
            try await play.checkWordsOutside()
            try await play.checkFigures()
        }
    }

    @Test("The same mail that comes again is the same ticket", arguments: ArrivingMail.withAttachment)
    func repeatedMail(mail: ArrivingMail) async throws {
        try await Scenario.run { scenario in
            let first = try await arrive(mail.bytes, at: scenario)
            scenario.time.advance(by: .seconds(3600))
            #expect(try await arrive(mail.bytes, at: scenario) == first)
            #expect(try await TestDatabase.current.first("select count(*) from ticket", as: Int.self) == 1)
        }
    }

    private func arrive(_ mail: [UInt8], at scenario: Scenario) async throws -> TicketNumber {
        let recipient = try #require(Address(Self.recipient))
        let replies = await scenario.mailDoor.deliver(
            Envelope(sender: Address("test@lindsaar.example"), recipients: [recipient]), mail)
        let reply = try #require(replies.first)
        #expect(reply.isPositive)
        return try #require(reply.text.split(separator: " ").last.flatMap { TicketNumber($0) }, "\(reply)")
    }
}
