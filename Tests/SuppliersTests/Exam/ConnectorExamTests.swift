import Desk
import DeskStore
import DeskTestSupport
import Foundation
import PostgresTestSupport
import SeedTestSupport
import SupplierTestSupport
import Testing

/// What every connector has to do, whatever its supplier's system speaks.
@Suite("Every connector", .database(template: TestDesk.template), .serialized, .timeLimit(.minutes(10)))
struct ConnectorExamTests {
    @Test(
        "Whatever goes wrong on the way, the supplier has a ticket once, an answer once, and learns of the end once",
        arguments: Examinee.all)
    func onceDespite(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            for fault in PlayedFault.ambiguous + PlayedFault.idle { try await examine(desk, examinee, fault) }
        }
    }

    private func examine(_ desk: ExaminedDesk, _ examinee: Examinee, _ fault: PlayedFault) async throws {
        desk.system.misbehaveWriting(fault)
        let ticket = try await desk.shared.referred(note: "Please look at it. #1")
        try await desk.settle()
        try await desk.hear()
        if examinee.showsTwins || fault != .twice {
            try await desk.expectEqual(ticket, ours: ["Please look at it. #1"], theirs: [], .open, "\(fault)")
        }

        if !examinee.showsTwins { try await desk.pass(.seconds(200)) }
        if fault != .twice || examinee.takesBack { desk.system.misbehaveWriting(fault) }
        try await desk.say("The third floor. #2", on: ticket)
        try await desk.settle()
        let ours = ["Please look at it. #1", "The third floor. #2"]
        try await desk.expectEqual(ticket, ours: ours, theirs: [], .open, "\(fault)")

        desk.system.misbehaveWriting(fault)
        try await desk.say("It works again.", as: .withdrawal, on: ticket)
        try await desk.settle()
        try await desk.expectEqual(ticket, ours: ours, theirs: [], .withdrawn, "\(fault)")
    }

    @Test("However often it is asked, a message is there once", arguments: Examinee.all)
    func onceThoughAsked(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            let ticket = try await desk.shared.referred(note: "Please look at it. #1")
            for _ in 0..<3 {
                try await desk.pass(.seconds(200))
                try await desk.forgetLast(of: ticket)
            }
            try await desk.work()
            try await desk.say("The third floor. #2", on: ticket)
            for _ in 0..<3 {
                try await desk.work()
                try await desk.forgetLast(of: ticket)
            }
            try await desk.settle()
            try await desk.hear()
            let ours = ["Please look at it. #1", "The third floor. #2"]
            try await desk.expectEqual(ticket, ours: ours, theirs: [], .open)
        }
    }

    @Test("What is held up goes in its order, and other tickets do not wait for it", arguments: Examinee.all)
    func order(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            let ticket = try await desk.shared.referred(note: "Please look at it. #1")
            try await desk.settle()
            desk.system.misbehaveWriting(.status(503))
            try await desk.say("The third floor. #2", on: ticket)
            try await desk.say("Room 12. #3", as: examinee.hearsMessages ? .message : .answer, on: ticket)
            try await desk.say("Ask for Kari. #4", on: ticket)
            try await desk.work()
            let other = try await desk.shared.referred(note: "And at this. #1")
            try await desk.work()
            try await desk.pass(.seconds(200))
            #expect(try await desk.held(other).count == 1)
            try await desk.settle()
            try await desk.hear()
            let ours = ["Please look at it. #1", "The third floor. #2", "Room 12. #3", "Ask for Kari. #4"]
            try await desk.expectEqual(ticket, ours: ours, theirs: [], .open)
            try await desk.expectEqual(other, ours: ["And at this. #1"], theirs: [], .open)
        }
    }

    @Test("Our own words never come back, and theirs come once however often they are asked", arguments: Examinee.all)
    func echo(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            let ticket = try await desk.shared.referred(note: "Please look at it. #1")
            try await desk.settle()
            // What is slow to show a new ticket shows it now.
            try await desk.pass(.seconds(200))
            let exchange = try await desk.bond(ticket).uuid
            desk.system.say("On our way. #1", on: exchange)
            try await desk.say("The third floor. #2", on: ticket)
            for _ in 0..<3 { try await desk.hear() }
            desk.system.say("Which room? #2", on: exchange)
            desk.system.bring(exchange, into: .waiting)
            for _ in 0..<3 { try await desk.hear() }
            #expect(try await desk.bond(ticket).state == .waitingForUs)
            try await desk.say("Room 12. #3", on: ticket)
            try await desk.work()
            for _ in 0..<3 { try await desk.hear() }
            let ours = ["Please look at it. #1", "The third floor. #2", "Room 12. #3"]
            try await desk.expectEqual(ticket, ours: ours, theirs: ["On our way. #1", "Which room? #2"], .open)
        }
    }

    @Test("After any conversation in any weather both sides have the same", arguments: Examinee.all)
    func settled(examinee: Examinee) async throws {
        try await ExaminedDesk.run(examinee) { desk in
            for number in 1...2 {
                var conversation = try await Conversation(desk, Seed(number), examinee)
                for _ in 0..<14 { try await conversation.goOn() }
                try await conversation.end()
            }
        }
    }
}
