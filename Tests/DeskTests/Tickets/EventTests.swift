import Desk
import JSON
import Moments
import Testing

@Suite("Events in the log")
struct EventTests {
    static let everyEvent: [Ticket.Event] = {
        var changes = Changes()
        changes.impact = .high
        changes.priority = .high
        changes.editsSubject = true
        var removal = Changes()
        removal.removesCategory = true
        var override = Changes()
        (override.priority, override.basis, override.reason) = (.critical, .person, EntryID(14))
        override.tags = ["major", "vpn"]
        let step = RoutingDecision.Step(
            rule: "Words of lines", facts: [RoutingFinding(.text, "fiber*"), RoutingFinding(.site, "OSL")],
            decided: [RoutingFinding(.category, "line")])
        let choice = RoutingReasons.Choice(isOpen: true, isStaffed: false, load: 40, speaks: false, candidates: 2)
        let why = RoutingReasons(
            steps: [step], version: 3, choice: choice, assignment: .roundRobin, isAgain: true)
        return [
            .opened(Sample.opening()), .changed(changes), .changed(removal), .changed(override),
            .routed(Sample.secondLine, rule: "Network, nb"), .routed(Sample.secondLine, rule: "Lines", why: why),
            .assigned(Sample.firstLine.held(by: Sample.jan)),
            .taken(Sample.kari), .handedOver(Sample.staffMatters, reason: "needs a specialist", note: EntryID(2)),
            .noteAdded(EntryID(3)), .messageSent(EntryID(4)), .requesterAsked(EntryID(5)),
            .requesterReplied(EntryID(6)), .putOnHold(until: Sample.start, note: nil),
            .putOnHold(until: nil, note: EntryID(7)), .resumed, .referred(Sample.fjordnett, note: nil),
            .supplierAcknowledged(Sample.fjordnett, reference: "FN-2026/118"),
            .supplierNoted(Sample.fjordnett, note: EntryID(8)), .supplierAsked(Sample.fjordnett, note: EntryID(9)),
            .supplierAnswered(Sample.fjordnett, note: EntryID(10)), .supplierReturned(Sample.fjordnett, note: nil),
            .supplierResolved(Sample.fjordnett, note: EntryID(11)), .recalled(Sample.printwerk, note: EntryID(12)),
            .supplierUnreachable(Sample.printwerk),
            .supplierEscalated(Sample.fjordnett, ContractMark(.supplierAcknowledgement, percent: 150)),
            .resolved(.solved, note: EntryID(13)),
            .resolved(.solved, note: nil, knowledge: .article(ArticleID(14))),
            .resolved(.workedAround, note: EntryID(15), knowledge: .draft(ArticleID(16))),
            .resolved(.solvedFirstContact, note: nil, knowledge: .nothing(.oneOff)),
            .reopened(.notSolved, note: nil),
            .closed, .deadlineNear(ClockMark(.team, about: .team(TeamID(11)), percent: 50)),
            .deadlineNear(ClockMark(.resolution, percent: 90)), .deadlineMissed(ClockMark(.firstResponse)),
            .deadlineMissed(ClockMark(.supplierResolution, about: .supplier(Sample.fjordnett))),
            .termsChanged([ClockShift(ClockMark(.resolution), before: Sample.start, after: nil)]),
            .clocksReevaluated(
                [ClockShift(ClockMark(.team, about: .team(TeamID(11))), before: nil, after: Sample.start)],
                note: EntryID(21)),
            .released, .ownerChanged(PositionID(3)), .foundSufficient,
            .foundInsufficient(Sample.firstLine, note: EntryID(14)), .meansChosen(.visit, note: nil),
            .meansChosen(.remote, note: EntryID(22)), .callbackPromised(due: Sample.start),
            .callbackMade(note: nil), .callbackMade(note: EntryID(15)),
            .inquired(.team(Sample.secondLine.place), question: EntryID(16)),
            .inquired(.supplier(Sample.printwerk), question: EntryID(17)),
            .inquiryAnswered(question: EntryID(16), answer: EntryID(18)), .inquiryWithdrawn(question: EntryID(17)),
            .offered(Sample.secondLine, note: nil), .offerAccepted(Sample.secondLine),
            .offerDeclined(note: EntryID(19)),
            .escalated(.site, .deadlineMissed), .escalated(.lead, .deadlineMissed, round: Sample.start),
            .linked(TicketID(2), .related), .unlinked(TicketID(2), .causedBy),
            .becameChild(of: TicketID(3)), .leftParent, .waitsForParent, .merged(into: TicketID(4)),
            .absorbed(TicketID(5)),
            .split(into: TicketID(6)), .declaredMajor, .stoodDown, .joined(Sample.requester),
            .announced(at: nil, words: EntryID(21)), .announcementChanged(at: SiteID(2), words: EntryID(22)),
            .announcementEnded(at: nil), .announcementEnded(at: SiteID(2)), .listenerAdded(SiteID(2), PositionID(3)),
            .mentioned([Sample.kari, Sample.jan], entry: EntryID(20)), .personMerged(Sample.jan, into: Sample.kari),
            .automated(
                AutomationMark(
                    .rule("Remind"), at: .routed, facts: [RoutingFinding(.text, "fiber*")], version: 3,
                    chain: ["Tag"])),
            .automated(AutomationMark(.macro("password-reset"), version: 3)),
            .automationStopped(
                AutomationStop(
                    rule: "Remind", reason: .refused, chain: ["Tag"],
                    faults: [StepFault(step: 2, action: "resolve", reason: .isClosed)])),
            .told(.position(PositionID(3)), entry: EntryID(22)), .told(.team(TeamID(11)), entry: EntryID(23)),
            .told(.level(.site), entry: EntryID(24)),
        ]
    }()

    @Test("Every event is read back from its details as it was", arguments: everyEvent)
    func roundTrip(event: Ticket.Event) throws {
        let text = event.data.text
        #expect(try Ticket.Event(kind: event.kind, data: JSON.parse(text)) == event)
    }

    @Test("There is an example of every kind")
    func exampleOfEveryKind() {
        #expect(Set(Self.everyEvent.map(\.kind)) == Set(Ticket.Event.Kind.allCases))
    }

    @Test("Details that are wrong are told all at once, with their places")
    func tellsFaults() throws {
        let faults = #expect(throws: JSONFaults.self) {
            try Ticket.Event(
                kind: .routed, data: JSON.parse(#"{"site":0,"tier":"one","team":4,"position":5,"rul":"x"}"#))
        }
        #expect(faults?.list.map(\.pointer.description) == ["/site", "/tier", "/rule", "/rul"])
    }

    @Test("A resolution from before anybody was asked what it is worth knowing is read as it was written")
    func resolutionWithoutKnowledge() throws {
        let json = try JSON.parse(#"{"outcome":"solved","note":7}"#)
        #expect(try Ticket.Event(kind: .resolved, data: json) == .resolved(.solved, note: EntryID(7)))
        #expect(Ticket.Event.resolved(.solved, note: EntryID(7)).data.text == #"{"outcome":"solved","note":7}"#)
    }

    @Test("A resolution cannot both link an article and say why there is none")
    func contradiction() throws {
        let json = try JSON.parse(#"{"outcome":"solved","article":3,"no_article_because":"one_off"}"#)
        let faults = #expect(throws: JSONFaults.self) { try Ticket.Event(kind: .resolved, data: json) }
        #expect(faults?.list.count == 1)
    }

    @Test("An opening is kept in the form that the documentation shows")
    func form() {
        #expect(
            Ticket.Event.opened(Sample.opening()).data.text
                == #"{"number":"OSL-7","origin":1,"kind":"incident","category":5,"impact":2,"urgency":2,"priority":3,"#
                + #""channel":"mail","language":"nb","requester":1000,"site":1,"tier":1,"team":11,"position":111,"#
                + #""entry":1}"#)
    }
}
