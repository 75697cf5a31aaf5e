import Desk
import Moments
import Testing

@Suite("Promises, questions, offers and what is carried up")
struct UndertakingsTests {
    private func atWork() throws -> Ticket {
        try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
    }

    @Test("The owner is the intake at first, stays through hand-overs, and changes only when somebody changes it")
    func owner() throws {
        var ticket = try atWork()
        #expect(ticket.owner == Sample.firstLine.position)
        try ticket.go(through: .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)))
        #expect(ticket.owner == Sample.firstLine.position)
        try ticket.go(through: .ownerChanged(PositionID(9)))
        #expect(ticket.owner == PositionID(9))
        #expect(throws: Refusal.self) { try ticket.go(through: .ownerChanged(PositionID(9))) }
    }

    @Test("A ticket that is put back is in the queue of its position, and its clocks run on")
    func released() throws {
        var ticket = try atWork()
        try ticket.go(through: .released)
        #expect(ticket.state == .assigned && ticket.responsibility.person == nil)
        #expect(ticket.holder == .team(Sample.firstLine.place))
        #expect(throws: Refusal.self) { try ticket.go(through: .released) }
    }

    @Test("An offer lapses when somebody of the team works on the ticket after all")
    func offerLapses() throws {
        var ticket = try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .offered(Sample.secondLine, note: nil))
        #expect(ticket.undertakings.offer == Sample.secondLine.place)
        try ticket.go(through: .taken(Sample.kari))
        #expect(ticket.undertakings.offer == nil)
    }

    @Test("What is missing sends the ticket back to whoever handed it over, and each loop is counted")
    func insufficient() throws {
        var ticket = try atWork()
        for loop in 1...2 {
            try ticket.go(through: .handedOver(Sample.secondLine, reason: "-", note: EntryID(2)))
            #expect(ticket.undertakings.isSufficient == nil)
            let effects = try ticket.apply(
                .foundInsufficient(Sample.firstLine.held(by: Sample.kari), note: EntryID(3)),
                at: ticket.updatedAt + .seconds(60), by: .person(Sample.jan))
            #expect(effects.contains(.tell(.person(Sample.kari), .missing, entry: EntryID(3))))
            #expect(ticket.responsibility.place == Sample.firstLine.place)
            #expect(ticket.undertakings.returns == loop && ticket.undertakings.isSufficient == false)
        }
        try ticket.go(
            through: .handedOver(Sample.secondLine, reason: "-", note: EntryID(4)), .foundSufficient)
        #expect(ticket.undertakings.isSufficient == true && ticket.undertakings.returns == 2)
    }

    @Test("The team that has a ticket decides what is needed to solve it; the next team decides anew")
    func means() throws {
        var ticket = try atWork()
        #expect(ticket.undertakings.means == nil)
        let before = ticket
        try ticket.go(through: .meansChosen(.remote, note: nil))
        #expect(ticket.undertakings.means == .remote)
        #expect((ticket.state, ticket.heldSince) == (before.state, before.heldSince))
        #expect(throws: Refusal(reason: .changesNothing, state: .inProgress, event: .meansChosen)) {
            try ticket.go(through: .meansChosen(.remote, note: EntryID(2)))
        }
        try ticket.go(through: .meansChosen(.visit, note: EntryID(2)), .released)
        #expect(ticket.undertakings.means == .visit)
        try ticket.go(through: .handedOver(Sample.secondLine, reason: "-", note: EntryID(3)))
        #expect(ticket.undertakings.means == nil)
        try ticket.go(through: .meansChosen(.other, note: nil), .resolved(.solved, note: nil))
        #expect(ticket.undertakings.means == nil)
        #expect(throws: Refusal(reason: .isResolved, state: .resolved, event: .meansChosen)) {
            try ticket.go(through: .meansChosen(.visit, note: nil))
        }
    }

    @Test("A call-back is promised for a time to come, tells the requester, and counts as the response when it is made")
    func callback() throws {
        var ticket = try atWork()
        let due = ticket.updatedAt + .seconds(7200)
        #expect(throws: Refusal(reason: .isInThePast, state: .inProgress, event: .callbackPromised)) {
            try ticket.go(through: .callbackPromised(due: ticket.updatedAt))
        }
        let effects = try ticket.apply(
            .callbackPromised(due: due), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(effects.contains(.tell(.requester, .callbackPromised, entry: nil)))
        #expect(ticket.undertakings.callback == Callback(due: due, promisedAt: ticket.updatedAt))
        #expect(ticket.times.firstResponse == nil)
        try ticket.go(through: .callbackMade(note: nil))
        #expect(ticket.undertakings.callback == nil && ticket.times.firstResponse == ticket.updatedAt)
        #expect(throws: Refusal.self) { try ticket.go(through: .callbackMade(note: nil)) }
    }

    @Test("A question to another team leaves the ticket where it is, but lets them see it until they have answered")
    func inquiryToTeam() throws {
        var ticket = try atWork()
        let (legs, scopes) = (ticket.heldSince, ticket.scopes)
        try ticket.go(through: .inquired(.team(Sample.secondLine.place), question: EntryID(5)))
        #expect(ticket.heldSince == legs && ticket.responsibility.place == Sample.firstLine.place)
        #expect(ticket.scopes == [.site(Sample.oslo), .site(Sample.warsaw)])
        #expect(throws: Refusal(reason: .isAskedAlready, state: .inProgress, event: .inquired)) {
            try ticket.go(through: .inquired(.team(Sample.secondLine.place), question: EntryID(6)))
        }
        try ticket.go(through: .inquiryAnswered(question: EntryID(5), answer: EntryID(7)))
        #expect(ticket.scopes == scopes && ticket.undertakings.inquiries.isEmpty)
        #expect(throws: Refusal(reason: .isNotAsked, state: .inProgress, event: .inquiryWithdrawn)) {
            try ticket.go(through: .inquiryWithdrawn(question: EntryID(5)))
        }
    }

    @Test("A supplier can be asked without getting the ticket; referring it then settles the question")
    func inquiryToSupplier() throws {
        var ticket = try atWork()
        let effects = try ticket.apply(
            .inquired(.supplier(Sample.fjordnett), question: EntryID(5)), at: ticket.updatedAt + .seconds(1),
            by: .person(Sample.kari))
        #expect(effects.contains(.deliver(Sample.fjordnett, .question(note: EntryID(5)))))
        #expect(ticket.state == .inProgress && ticket.suppliers.isEmpty && ticket.bonded == [Sample.fjordnett])
        #expect(ticket.scopes.contains(.supplier(Sample.fjordnett)))
        try ticket.go(through: .referred(Sample.fjordnett, note: nil))
        #expect(ticket.undertakings.inquiries.isEmpty && ticket.bonded == [Sample.fjordnett])
    }

    @Test("A confidential ticket is neither asked about elsewhere nor offered")
    func confidence() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.staffMatters, rule: "staff"))
        #expect(throws: Refusal(reason: .isConfidential, state: .assigned, event: .inquired)) {
            try ticket.go(through: .inquired(.team(Sample.secondLine.place), question: EntryID(5)))
        }
        #expect(throws: Refusal(reason: .isConfidential, state: .assigned, event: .offered)) {
            try ticket.go(through: .offered(Sample.secondLine, note: nil))
        }
    }

    @Test("An offered ticket stays until the other team accepts; whoever had it is told")
    func offer() throws {
        var ticket = try atWork()
        try ticket.go(through: .offered(Sample.secondLine, note: nil))
        #expect(
            ticket.responsibility.place == Sample.firstLine.place
                && ticket.undertakings.offer == Sample.secondLine.place)
        #expect(ticket.scopes.contains(.site(Sample.warsaw)))
        #expect(throws: Refusal(reason: .isNotOffered, state: .inProgress, event: .offerAccepted)) {
            try ticket.go(through: .offerAccepted(Sample.staffMatters))
        }
        let effects = try ticket.apply(
            .offerAccepted(Sample.secondLine), at: ticket.updatedAt + .seconds(1), by: .person(Sample.jan))
        #expect(effects.contains(.tell(.person(Sample.kari), .offerAccepted, entry: nil)))
        #expect(ticket.responsibility.place == Sample.secondLine.place && ticket.undertakings.offer == nil)
    }

    @Test("A matter is carried up a level at a time or several, never down again")
    func escalates() throws {
        var ticket = try atWork()
        let effects = try ticket.apply(
            .escalated(.site, .needsDecision), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(effects == [.tell(.managers(Sample.oslo), .escalated, entry: nil)])
        #expect(throws: Refusal(reason: .isEscalatedAlready, state: .inProgress, event: .escalated)) {
            try ticket.go(through: .escalated(.lead, .needsDecision))
        }
        try ticket.go(through: .escalated(.organisation, .deadlineMissed))
        #expect(ticket.undertakings.escalation == .organisation)
    }

    @Test("Another episode begins below; a promise that was given since then and lapses is carried up again")
    func escalatesAnew() throws {
        var ticket = try atWork()
        try ticket.go(through: .escalated(.site, .deadlineMissed))
        let reached = ticket.updatedAt
        #expect(throws: Refusal(reason: .isEscalatedAlready, state: .inProgress, event: .escalated)) {
            try ticket.go(through: .escalated(.lead, .deadlineMissed, round: reached - .seconds(60)))
        }
        let effects = try ticket.apply(
            .escalated(.lead, .deadlineMissed, round: reached + .seconds(60)), at: reached + .seconds(120), by: .program
        )
        #expect(effects == [.tell(.leads(Sample.firstLine.place.team), .escalated, entry: nil)])
        #expect(ticket.undertakings.escalation == .lead)
        try ticket.go(through: .escalated(.site, .deadlineMissed, round: reached + .seconds(60)))
        #expect(throws: Refusal(reason: .isEscalatedAlready, state: .inProgress, event: .escalated)) {
            try ticket.go(through: .escalated(.site, .deadlineMissed, round: reached + .seconds(60)))
        }
        try ticket.go(through: .resolved(.solved, note: nil), .reopened(.notSolved, note: nil))
        #expect(ticket.undertakings.escalation == .site)
        try ticket.go(through: .resolved(.solved, note: nil), .closed, .reopened(.notSolved, note: nil))
        #expect(ticket.undertakings.escalation == nil)
        try ticket.go(through: .escalated(.lead, .needsDecision))
        #expect(ticket.undertakings.escalation == .lead)
    }

    @Test("The end of the ticket settles what was open, and takes the questions back from suppliers")
    func settles() throws {
        var ticket = try atWork()
        try ticket.go(
            through: .callbackPromised(due: ticket.updatedAt + .seconds(90_000)),
            .inquired(.supplier(Sample.printwerk), question: EntryID(5)), .offered(Sample.secondLine, note: nil))
        let effects = try ticket.apply(
            .resolved(.solved, note: nil), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(ticket.undertakings == Undertakings())
        #expect(effects.contains(.deliver(Sample.printwerk, .withdrawal(note: nil))))
        #expect(effects.contains(.closeWhenSilent) && effects.contains(.resolveChildren))
    }
}
