import Desk
import Moments
import SeedTestSupport
import Testing

@Suite("What may happen to a ticket")
struct TicketTests {
    @Test("A new ticket is with the intake of its site, its clocks run, and it waits to be routed")
    func opens() {
        let (ticket, effects) = Ticket.open(Sample.opening(), id: TicketID(1), at: Sample.start, by: .program)
        #expect(ticket.state == .new)
        #expect(ticket.holder == .team(Sample.firstLine.place))
        #expect(effects.contains(.settleClocks) && effects.contains(.route))
        #expect(effects.contains(.tell(.requester, .acknowledgement, entry: EntryID(1))))
        #expect(effects.contains(.setAccess([.site(Sample.oslo)])))
    }

    @Test("It is routed once; a second router that comes late is refused")
    func routesOnce() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"))
        #expect(ticket.state == .assigned)
        let before = ticket
        let refusal = #expect(throws: Refusal.self) {
            try ticket.apply(.routed(Sample.secondLine, rule: "late"), at: Sample.start, by: .program)
        }
        #expect(refusal == Refusal(reason: .alreadyRouted, state: .assigned, event: .routed))
        #expect(ticket == before)
    }

    @Test("Somebody may have it routed again; where the table says what is so already, that is told")
    func routesAgain() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
        let again = RoutingReasons(isAgain: true)
        #expect(throws: Refusal(reason: .alreadyRouted, state: .inProgress, event: .routed)) {
            try ticket.apply(.routed(Sample.firstLine, rule: "all", why: again), at: Sample.start, by: .program)
        }
        let effects = try ticket.apply(
            .routed(Sample.secondLine, rule: "mended", why: again), at: Sample.start, by: .program)
        #expect(ticket.state == .assigned && ticket.responsibility == Sample.secondLine)
        #expect(effects.contains(.settleClocks))
    }

    @Test("A hand-over moves the ticket, lets the new site see it and tells whoever answers for it there")
    func handsOver() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
        let effects = try ticket.apply(
            .handedOver(Sample.secondLine, reason: "network", note: EntryID(9)), at: ticket.updatedAt + .seconds(60),
            by: .person(Sample.kari))
        #expect(ticket.state == .assigned && ticket.responsibility == Sample.secondLine)
        #expect(
            effects == [
                .closeLeg(at: ticket.updatedAt),
                .openLeg(
                    Leg(
                        episode: 1, isFirst: false, holder: .team(Sample.secondLine.place),
                        place: Sample.secondLine.place, position: Sample.secondLine.position, reason: .handedOver,
                        startedAt: ticket.updatedAt)),
                .settleClocks, .setAccess([.site(Sample.oslo), .site(Sample.warsaw)]),
                .tell(.position(Sample.secondLine.position), .handedOver, entry: EntryID(9)),
            ])
    }

    @Test("A ticket for a confidential team is seen by that team alone, not by the site that received it")
    func keepsConfidence() throws {
        var ticket = try Sample.ticket()
        let effects = try ticket.apply(
            .routed(Sample.staffMatters, rule: "staff"), at: ticket.updatedAt, by: .program)
        #expect(effects.contains(.setAccess([.team(Sample.staffMatters.place.team)])))
    }

    @Test("One that comes back after its end is seen by those who may see it then")
    func comesBackInSight() throws {
        var ticket = try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .resolved(.solved, note: nil), .closed)
        let effects = try ticket.apply(
            .reopened(.notSolved, note: nil), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(effects.contains(.setAccess([.site(Sample.oslo)])))
    }

    @Test("It cannot be handed to the team that has it")
    func staysWithTeam() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"))
        #expect(throws: Refusal(reason: .isWithTeamAlready, state: .assigned, event: .handedOver)) {
            try ticket.apply(
                .handedOver(Sample.firstLine, reason: "-", note: EntryID(2)), at: Sample.start, by: .program)
        }
    }

    @Test("It is closed only after it was resolved with an outcome")
    func closesAfterResolution() throws {
        var ticket = try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"))
        #expect(throws: Refusal(reason: .isNotResolved, state: .assigned, event: .closed)) {
            try ticket.apply(.closed, at: Sample.start, by: .program)
        }
        try ticket.go(through: .resolved(.workedAround, note: nil))
        #expect(ticket.holder == .requester && ticket.outcome == .workedAround)
        try ticket.go(through: .closed)
        #expect(ticket.state == .closed && ticket.times.closed == ticket.updatedAt)
        #expect(ticket.responsibility.position == Sample.firstLine.position)
    }

    @Test(
        "Reopening a resolved ticket goes on; reopening a closed one begins a new episode with a first leg of its own")
    func reopens() throws {
        var ticket = try Sample.ticket(
            after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari), .resolved(.solved, note: nil))
        try ticket.go(through: .reopened(.notSolved, note: nil))
        #expect(ticket.episode == 1 && ticket.state == .inProgress && ticket.outcome == nil)
        try ticket.go(through: .resolved(.solved, note: nil), .closed)
        let effects = try ticket.apply(
            .requesterReplied(EntryID(7)), at: ticket.updatedAt, by: .person(Sample.requester))
        #expect(ticket.episode == 2 && ticket.times.resolved == nil && ticket.times.closed == nil)
        #expect(effects.contains(.settleClocks))
        guard case .openLeg(let leg)? = effects.first else { Issue.record("no leg is opened"); return }
        #expect(leg.isFirst && leg.episode == 2)
    }

    @Test("Number and site of origin stay, whatever happens", arguments: 0..<200)
    func keepsOrigin(number: Int) {
        let ticket = RandomHistory(seed: Seed(number), length: 40).ticket
        #expect(ticket.number.description == "OSL-7" && ticket.origin == Sample.oslo, "seed \(number)")
        #expect((ticket.outcome != nil) == [.resolved, .closed].contains(ticket.state), "seed \(number)")
        #expect((ticket.holder.supplier != nil) == (ticket.state == .waitingSupplier), "seed \(number)")
    }

    @Test("Events that share an instant, or come from a clock that is behind, each get an instant of their own")
    func ordersEvents() throws {
        var ticket = try Sample.ticket()
        _ = try ticket.apply(.routed(Sample.firstLine, rule: "all"), at: Sample.start, by: .program)
        #expect(ticket.updatedAt == Sample.start + .microseconds(1))
        _ = try ticket.apply(.taken(Sample.jan), at: Sample.start - .seconds(5), by: .person(Sample.jan))
        #expect(ticket.updatedAt == Sample.start + .microseconds(2))
        #expect(ticket.revision == 3)
    }
}
