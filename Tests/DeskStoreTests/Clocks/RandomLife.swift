import Desk
import DeskStore
import DeskTestSupport
import Moments
import Runtime
import SeedTestSupport
import Testing

/// What chance does to a ticket of the example desk.
struct RandomLife {
    private var random: Seed
    private let responsibilities: [Responsibility]
    private let people: [PersonID]
    private let categories: [CategoryID]
    private let suppliers: [SupplierID]
    private let whole: TicketID

    /// - Parameter whole: the ticket of which it may become a part.
    init(seed: Int, desk: TestDesk, whole: TicketID) async throws {
        self.whole = whole
        random = Seed(seed)
        let directory = try await desk.store.directory()
        responsibilities = try ["osl-first", "ams-network", "waw-network", "osl-staff", "sin-core"].map {
            try directory.responsibility(of: $0)
        }
        people = [try await desk.person("kari.nordmann"), try await desk.person("mei.tan")]
        categories = directory.organisation.categories.compactMap { directory.categories[$0.code] }
        suppliers = directory.organisation.suppliers.compactMap { directory.suppliers[$0.code] }
    }

    /// Mostly minutes, sometimes days or no time at all.
    mutating func pause() -> Duration {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .zero
        case 1: .seconds(Int.random(in: 0...300_000, using: &random))
        default: .microseconds(Int.random(in: 0...3_600_000_000, using: &random))
        }
    }

    mutating func actor() -> Ticket.Actor {
        let actors = [Ticket.Actor.program, .supplier(any(suppliers)), .person(any(people))]
        return any(actors)
    }

    /// An event; `note` is the entry that was written for it. Chance prefers the moves that keep a ticket going.
    mutating func event(note: EntryID) -> Ticket.Event {
        let supplier = any(suppliers)
        var to = any(responsibilities)
        if Bool.random(using: &random) { to.person = any(people) }
        var changes = Changes()
        changes.impact = Impact.allCases.randomElement(using: &random)
        changes.urgency = Urgency.allCases.randomElement(using: &random)
        changes.priority = Priority.allCases.randomElement(using: &random)
        changes.category = categories.randomElement(using: &random)
        return any([
            .changed(changes), .routed(to, rule: "chance"), .assigned(to), .taken(any(people)),
            .handedOver(to, reason: "chance", note: note), .noteAdded(note), .messageSent(note), .requesterAsked(note),
            .requesterReplied(note), .putOnHold(until: nil, note: note),
            .putOnHold(until: Moment(seconds: 4_000_000_000), note: note), .resumed, .referred(supplier, note: note),
            .supplierAcknowledged(supplier, reference: "R-1"), .supplierNoted(supplier, note: note),
            .supplierAsked(supplier, note: note), .supplierAnswered(supplier, note: note),
            .supplierReturned(supplier, note: note), .supplierResolved(supplier, note: note),
            .recalled(supplier, note: note), .supplierUnreachable(supplier), .resolved(.solved, note: note),
            .reopened(.notSolved, note: note), .closed, .deadlineNear(ClockMark(.resolution, percent: 75)),
            .deadlineMissed(ClockMark(.resolution)),
            .released, .ownerChanged(to.position), .foundSufficient, .foundInsufficient(to, note: note),
            .meansChosen(any(Means.allCases), note: note), .callbackPromised(due: Moment(seconds: 4_000_000_000)),
            .callbackMade(note: note),
            .inquired(Bool.random(using: &random) ? .team(to.place) : .supplier(supplier), question: note),
            .offered(to, note: note), .offerAccepted(to), .offerDeclined(note: note),
            .escalated(.lead, .needsDecision), .becameChild(of: whole), .waitsForParent, .waitsForParent,
            .leftParent, .declaredMajor, .stoodDown, .mentioned([any(people)], entry: note),
        ])
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }
}
