import Desk
import Moments
import Testing

@Suite("The exchange with requesters and suppliers")
struct ExchangeTests {
    private func working() throws -> Ticket {
        try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
    }

    @Test("The first message of a person is the first response; a program's is not")
    func firstResponse() throws {
        var ticket = try working()
        try ticket.go(through: .messageSent(EntryID(2)), by: .program)
        #expect(ticket.times.firstResponse == nil)
        let effects = try ticket.apply(.messageSent(EntryID(3)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(ticket.times.firstResponse == ticket.updatedAt)
        #expect(effects.contains(.settleClocks))
        let first = ticket.updatedAt
        let later = try ticket.apply(.messageSent(EntryID(4)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(later.contains(.settleClocks))
        #expect(ticket.times.firstResponse == first && ticket.times.lastUpdate == ticket.updatedAt)
    }

    @Test("Who calls or stands at the counter has his first response at once", arguments: [Channel.phone, .counter])
    func spokenRequests(channel: Channel) {
        let opening = Sample.opening(channel: channel)
        let spoken = Ticket.open(opening, id: TicketID(1), at: Sample.start, by: .person(Sample.kari)).ticket
        #expect(spoken.times.firstResponse == Sample.start)
        let ordered = Ticket.open(opening, id: TicketID(1), at: Sample.start, by: .token(AccessTokenID(1))).ticket
        #expect(ordered.times.firstResponse == nil)
    }

    @Test("A question to the requester gives him the ticket and pauses the clocks until he answers")
    func asksRequester() throws {
        var ticket = try working()
        let asked = try ticket.apply(.requesterAsked(EntryID(2)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(ticket.state == .waitingRequester && ticket.holder == .requester)
        #expect(asked.contains(.settleClocks))
        #expect(asked.contains(.tell(.requester, .question, entry: EntryID(2))))
        let replied = try ticket.apply(
            .requesterReplied(EntryID(3)), at: ticket.updatedAt, by: .person(Sample.requester))
        #expect(ticket.state == .inProgress && ticket.holder == .team(Sample.firstLine.place))
        #expect(replied.contains(.settleClocks))
        #expect(replied.contains(.tell(.person(Sample.kari), .requesterReplied, entry: EntryID(3))))
    }

    @Test("A referral gives the ticket to the supplier while the position keeps answering for it")
    func refers() throws {
        var ticket = try working()
        let effects = try ticket.apply(
            .referred(Sample.fjordnett, note: EntryID(2)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(ticket.state == .waitingSupplier && ticket.holder == .supplier(Sample.fjordnett))
        #expect(ticket.responsibility.position == Sample.firstLine.position)
        #expect(effects.contains(.deliver(Sample.fjordnett, .referral(note: EntryID(2)))))
        #expect(effects.contains(.setAccess([.site(Sample.oslo), .supplier(Sample.fjordnett)])))
        #expect(effects.contains(.settleClocks))
    }

    @Test("A supplier's question brings the ticket back and goes on to the requester, the answer to the supplier")
    func supplierAsks() throws {
        var ticket = try working()
        try ticket.go(through: .referred(Sample.fjordnett, note: nil))
        try ticket.go(
            through: .supplierAcknowledged(Sample.fjordnett, reference: "FN-1"),
            .supplierAsked(Sample.fjordnett, note: EntryID(3)), by: .supplier(Sample.fjordnett))
        #expect(ticket.state == .inProgress && ticket.suppliers == [Sample.fjordnett])
        let asked = try ticket.apply(.requesterAsked(EntryID(4)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(asked.contains(.tell(.requester, .supplierQuestion, entry: EntryID(4))))
        try ticket.go(through: .requesterReplied(EntryID(5)), by: .person(Sample.requester))
        let answered = try ticket.apply(
            .supplierAnswered(Sample.fjordnett, note: EntryID(6)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(answered.contains(.deliver(Sample.fjordnett, .answer(note: EntryID(6)))))
        #expect(ticket.holder == .supplier(Sample.fjordnett))
    }

    @Test("What a supplier solved is with the team again, which says the outcome")
    func supplierSolves() throws {
        var ticket = try working()
        try ticket.go(through: .referred(Sample.fjordnett, note: nil))
        try ticket.go(
            through: .supplierResolved(Sample.fjordnett, note: EntryID(2)), by: .supplier(Sample.fjordnett))
        #expect(ticket.state == .inProgress && ticket.suppliers.isEmpty)
        #expect(throws: Refusal(reason: .isNotWithSupplier, state: .inProgress, event: .supplierResolved)) {
            try ticket.apply(
                .supplierResolved(Sample.fjordnett, note: EntryID(2)), at: Sample.start,
                by: .supplier(Sample.fjordnett))
        }
        try ticket.go(through: .supplierNoted(Sample.fjordnett, note: EntryID(3)), by: .supplier(Sample.fjordnett))
    }

    @Test("A ticket resolved while suppliers share it is withdrawn from each of them")
    func withdraws() throws {
        var ticket = try working()
        try ticket.go(
            through: .referred(Sample.fjordnett, note: nil), .supplierAsked(Sample.fjordnett, note: EntryID(2)),
            .referred(Sample.printwerk, note: nil))
        let effects = try ticket.apply(
            .resolved(.solved, note: EntryID(9)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(effects.contains(.deliver(Sample.fjordnett, .withdrawal(note: nil))))
        #expect(effects.contains(.deliver(Sample.printwerk, .withdrawal(note: nil))))
        #expect(effects.contains(.settleClocks))
        #expect(effects.contains(.tell(.requester, .resolution, entry: EntryID(9))))
    }

    @Test("Nobody is told about what he did himself")
    func tellsOthers() throws {
        var ticket = try working()
        let byOwner = try ticket.apply(.requesterReplied(EntryID(2)), at: ticket.updatedAt, by: .person(Sample.kari))
        #expect(!byOwner.contains(.tell(.person(Sample.kari), .requesterReplied, entry: EntryID(2))))
        let withdrawn = try ticket.apply(
            .resolved(.withdrawn, note: nil), at: ticket.updatedAt, by: .person(Sample.requester))
        #expect(!withdrawn.contains(.tell(.requester, .resolution, entry: nil)))
        #expect(ticket.times.firstResponse == nil)
    }
}
