import Desk
import Moments
import SeedTestSupport

/// A ticket's life as chance has it: any event at any time, the refused ones left out.
struct RandomHistory {
    let log: [RecordedEvent]
    let effects: [[Effect]]
    let ticket: Ticket

    /// - Parameter length: how many events are tried.
    init(seed: Seed, length: Int) {
        var random = seed
        let opener = Self.actor(&random)
        let opening = Sample.opening(channel: Channel.allCases.randomElement(using: &random) ?? .web)
        var (ticket, first) = Ticket.open(opening, id: TicketID(1), at: Sample.start, by: opener)
        var log = [RecordedEvent(at: Sample.start, actor: opener, event: .opened(opening))]
        var effects = [first]
        var now = Sample.start
        for _ in 0..<length {
            // Few tickets are parts; those that are wait more often than chance would have it.
            let mayWait = ticket.ties.parent != nil && Int.random(in: 0..<4, using: &random) == 0
            let event = mayWait ? .waitsForParent : Self.acceptance(on: ticket, &random) ?? Self.event(&random)
            let actor = Self.actor(&random)
            now = now + Self.pause(&random)
            guard let said = try? ticket.apply(event, at: now, by: actor) else { continue }
            log.append(RecordedEvent(at: ticket.updatedAt, actor: actor, event: event))
            effects.append(said)
        }
        (self.log, self.effects, self.ticket) = (log, effects, ticket)
    }

    /// Few offers meet a team that accepts them; every fourth event that one waits for is that.
    private static func acceptance(on ticket: Ticket, _ random: inout Seed) -> Ticket.Event? {
        let places = [Sample.firstLine, Sample.secondLine, Sample.staffMatters]
        guard let offered = places.first(where: { $0.place == ticket.undertakings.offer }) else { return nil }
        return Int.random(in: 0..<4, using: &random) == 0 ? .offerAccepted(offered) : nil
    }

    /// Mostly minutes or days, sometimes no time at all, sometimes a clock that is behind.
    private static func pause(_ random: inout Seed) -> Duration {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: .zero
        case 2: .milliseconds(-40)
        case 3: .seconds(Int.random(in: 0...400_000, using: &random))
        default: .microseconds(Int.random(in: 0...3_600_000_000, using: &random))
        }
    }

    private static func actor(_ random: inout Seed) -> Ticket.Actor {
        let actors: [Ticket.Actor] = [
            .person(Sample.kari), .person(Sample.jan), .person(Sample.requester), .program, .supplier(Sample.fjordnett),
            .token(AccessTokenID(1)),
        ]
        return actors.randomElement(using: &random) ?? .program
    }

    private static func responsibility(_ random: inout Seed) -> Responsibility {
        let places = [Sample.firstLine, Sample.secondLine, Sample.staffMatters]
        var chosen = places.randomElement(using: &random) ?? Sample.firstLine
        chosen.person = [nil, Sample.kari, Sample.jan].randomElement(using: &random) ?? nil
        if Bool.random(using: &random) { chosen.position = PositionID(chosen.position.rawValue + 1) }
        return chosen
    }

    private static func event(_ random: inout Seed) -> Ticket.Event {
        let entry = EntryID(Int64.random(in: 1...1_000_000, using: &random))
        let supplier = Bool.random(using: &random) ? Sample.fjordnett : Sample.printwerk
        let kind = Ticket.Event.Kind.allCases.randomElement(using: &random) ?? .resumed
        return switch kind {
        case .opened: .opened(Sample.opening())
        case .changed: .changed(changes(&random))
        case .routed: .routed(responsibility(&random), rule: "chance")
        case .assigned: .assigned(responsibility(&random))
        case .taken: .taken(Bool.random(using: &random) ? Sample.kari : Sample.jan)
        case .handedOver: .handedOver(responsibility(&random), reason: "chance", note: entry)
        case .noteAdded: .noteAdded(entry)
        case .messageSent: .messageSent(entry)
        case .requesterAsked: .requesterAsked(entry)
        case .requesterReplied: .requesterReplied(entry)
        case .putOnHold:
            .putOnHold(until: Bool.random(using: &random) ? nil : Sample.start + .seconds(86_400 * 30), note: entry)
        case .resumed: .resumed
        case .referred: .referred(supplier, note: entry)
        case .supplierAcknowledged: .supplierAcknowledged(supplier, reference: "R-1")
        case .supplierNoted: .supplierNoted(supplier, note: entry)
        case .supplierAsked: .supplierAsked(supplier, note: entry)
        case .supplierAnswered: .supplierAnswered(supplier, note: entry)
        case .supplierReturned: .supplierReturned(supplier, note: entry)
        case .supplierResolved: .supplierResolved(supplier, note: entry)
        case .recalled: .recalled(supplier, note: entry)
        case .supplierUnreachable: .supplierUnreachable(supplier)
        case .supplierEscalated: .supplierEscalated(supplier, ContractMark(.supplierResolution, percent: 150))
        case .resolved:
            .resolved(
                Ticket.Outcome.allCases.randomElement(using: &random) ?? .solved, note: entry,
                knowledge: knowledge(&random))
        case .reopened: .reopened(.notSolved, note: entry)
        case .closed: .closed
        case .deadlineNear: .deadlineNear(ClockMark(.resolution, percent: 75))
        case .deadlineMissed: .deadlineMissed(ClockMark(.resolution))
        case .termsChanged: .termsChanged([])
        case .clocksReevaluated: .clocksReevaluated([], note: entry)
        default: around(kind, entry: entry, supplier: supplier, &random)
        }
    }

    /// What happens around the work. Entries and tickets are few, so that answers find their questions.
    private static func around(
        _ kind: Ticket.Event.Kind, entry: EntryID, supplier: SupplierID, _ random: inout Seed
    ) -> Ticket.Event {
        let question = EntryID(Int64.random(in: 1...3, using: &random))
        let other = TicketID(Int64.random(in: 1...3, using: &random))
        let to = responsibility(&random)
        return switch kind {
        case .ownerChanged: .ownerChanged(to.position)
        case .foundSufficient: .foundSufficient
        case .foundInsufficient: .foundInsufficient(to, note: entry)
        case .meansChosen: .meansChosen(Means.allCases.randomElement(using: &random) ?? .other, note: entry)
        case .callbackPromised: .callbackPromised(due: Sample.start + .seconds(86_400 * 30))
        case .callbackMade: .callbackMade(note: entry)
        case .inquired:
            .inquired(Bool.random(using: &random) ? .team(to.place) : .supplier(supplier), question: question)
        case .inquiryAnswered: .inquiryAnswered(question: question, answer: entry)
        case .inquiryWithdrawn: .inquiryWithdrawn(question: question)
        case .offered: .offered(to, note: entry)
        case .offerAccepted: .offerAccepted(to)
        case .offerDeclined: .offerDeclined(note: entry)
        case .escalated:
            .escalated(
                EscalationLevel.allCases.randomElement(using: &random) ?? .lead, .deadlineMissed,
                round: Bool.random(using: &random) ? nil : Sample.start + .seconds(86_400))
        case .linked: .linked(other, .related)
        case .unlinked: .unlinked(other, .related)
        case .becameChild: .becameChild(of: other)
        case .leftParent: .leftParent
        case .waitsForParent: .waitsForParent
        // A merged ticket is at its end; now and then is enough.
        case .merged: Int.random(in: 0..<20, using: &random) == 0 ? .merged(into: other) : .absorbed(other)
        case .absorbed: .absorbed(other)
        case .split: .split(into: other)
        case .declaredMajor: .declaredMajor
        case .stoodDown: .stoodDown
        case .announced: .announced(at: nil, words: entry)
        case .announcementChanged: .announcementChanged(at: SiteID(2), words: entry)
        case .announcementEnded: .announcementEnded(at: SiteID(2))
        case .joined: .joined(Sample.jan)
        case .listenerAdded: .listenerAdded(SiteID(Int64.random(in: 1...4, using: &random)), to.position)
        case .personMerged: .personMerged(Sample.jan, into: Sample.kari)
        case .mentioned: .mentioned([Sample.kari, Sample.jan], entry: entry)
        default: .released
        }
    }

    private static func knowledge(_ random: inout Seed) -> Ticket.Knowledge? {
        [nil, .article(ArticleID(1)), .draft(ArticleID(2)), .nothing(.causeUnknown)].randomElement(using: &random)
            ?? nil
    }

    private static func changes(_ random: inout Seed) -> Changes {
        var changes = Changes()
        changes.impact = Impact.allCases.randomElement(using: &random)
        changes.category = [nil, CategoryID(5), CategoryID(6)].randomElement(using: &random) ?? nil
        return changes.prioritised(
            for: Classification(kind: .incident, category: nil, impact: .low, urgency: .low, priority: .low),
            by: .standard)
    }
}
