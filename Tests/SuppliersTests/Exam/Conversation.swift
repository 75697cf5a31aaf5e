import Desk
import DeskStore
import SeedTestSupport
import SupplierTestSupport
import Testing

/// What two sides may say to each other over a ticket, drawn by chance, in weather drawn by chance.
struct Conversation {
    private let desk: ExaminedDesk
    private let ticket: Ticket
    private var random: Seed
    private var ours: [String]
    private var theirs: [String] = []

    private let faults: [PlayedFault]
    private let hearsMessages: Bool

    init(_ desk: ExaminedDesk, _ random: Seed, _ examinee: Examinee) async throws {
        (self.desk, self.random, ours) = (desk, random, ["Please look at it. #1"])
        faults = (PlayedFault.ambiguous + PlayedFault.idle).filter { $0 != .twice || examinee.takesBack }
        hearsMessages = examinee.hearsMessages
        ticket = try await desk.shared.referred(note: ours[0])
        try await desk.settle()
    }

    /// One of them does something, and what has to be carried may meet with something.
    mutating func goOn() async throws {
        if Int.random(in: 0..<3, using: &random) == 0 {
            let fault = faults.randomElement(using: &random) ?? .cutAnswer
            if Bool.random(using: &random) { desk.system.misbehave(fault) } else { desk.system.misbehaveWriting(fault) }
        }
        let isOpen = try await desk.bond(ticket).endedAt == nil
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1: try await weSay(as: isOpen ? .answer : .reopening)
        case 2 where isOpen: try await weSay(as: hearsMessages ? .message : .answer)
        case 3, 4: try await theySay()
        case 5: try await theyBring(into: .waiting)
        case 6: try await theyBring(into: .resolved)
        case 7: try await desk.hear()
        default: try await desk.pass(.seconds(Int.random(in: 1...900, using: &random)))
        }
    }

    private mutating func weSay(as word: ExaminedDesk.Word) async throws {
        ours.append("We say this. #\(ours.count + 1)")
        try await desk.say(ours[ours.count - 1], as: word, on: ticket)
        try await desk.work()
    }

    /// They go on with what they have, and leave alone what they have solved.
    private mutating func theySay() async throws {
        guard try await isTheirs() else { return }
        theirs.append("They say this. #\(theirs.count + 1)")
        desk.system.say(theirs[theirs.count - 1], on: try await desk.bond(ticket).uuid)
    }

    private func theyBring(into state: PlayedTicket.State) async throws {
        if try await isTheirs() { desk.system.bring(try await desk.bond(ticket).uuid, into: state) }
    }

    private func isTheirs() async throws -> Bool {
        [.open, .waiting].contains(try await desk.held(ticket).first?.state)
    }

    /// The weather clears up, what waits is carried, and each hears of the other.
    func end() async throws {
        try await desk.settle()
        for _ in 0..<2 { try await desk.hear() }
        try await desk.settle()
        try await desk.expectEqual(ticket, ours: ours, theirs: theirs, nil, "\(random)")
    }
}
