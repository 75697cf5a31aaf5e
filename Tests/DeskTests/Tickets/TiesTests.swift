import Desk
import Moments
import Testing

@Suite("How tickets belong together")
struct TiesTests {
    private func atWork() throws -> Ticket {
        try Sample.ticket(after: .routed(Sample.firstLine, rule: "all"), .taken(Sample.kari))
    }

    @Test("A ticket becomes a part of another and leaves it again; never of itself, and a major incident never")
    func child() throws {
        var ticket = try atWork()
        try ticket.go(through: .becameChild(of: TicketID(7)))
        #expect(ticket.ties.parent == TicketID(7))
        #expect(throws: Refusal(reason: .cannotBeItsOwn, state: .inProgress, event: .declaredMajor)) {
            try ticket.go(through: .declaredMajor)
        }
        try ticket.go(through: .leftParent)
        #expect(ticket.ties.parent == nil)
        #expect(throws: Refusal(reason: .cannotBeItsOwn, state: .inProgress, event: .becameChild)) {
            try ticket.go(through: .becameChild(of: ticket.id))
        }
    }

    @Test(
        "A merged ticket is closed as a duplicate, its requester is told, its suppliers are recalled, it never reopens")
    func merges() throws {
        var ticket = try atWork()
        try ticket.go(through: .referred(Sample.fjordnett, note: nil))
        let effects = try ticket.apply(
            .merged(into: TicketID(7)), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(ticket.state == .closed && ticket.outcome == .duplicate && ticket.ties.mergedInto == TicketID(7))
        #expect(ticket.holder == .team(Sample.firstLine.place))
        #expect(effects.contains(.closeLeg(at: ticket.updatedAt)) && effects.contains(.settleClocks))
        #expect(effects.contains(.deliver(Sample.fjordnett, .withdrawal(note: nil))))
        #expect(effects.contains(.tell(.requester, .merged, entry: nil)))
        for event in [
            Ticket.Event.requesterReplied(EntryID(3)), .reopened(.notSolved, note: nil), .merged(into: TicketID(8)),
        ] {
            #expect(throws: Refusal(reason: .isMerged, state: .closed, event: event.kind)) {
                try ticket.go(through: event)
            }
        }
    }

    @Test("Others who have the same trouble follow a major incident and are told when it is solved")
    func major() throws {
        var ticket = try atWork()
        try ticket.go(through: .declaredMajor)
        let joined = try ticket.apply(
            .joined(Sample.jan), at: ticket.updatedAt + .seconds(1), by: .person(Sample.jan))
        #expect(joined == [.follow(Sample.jan)])
        let effects = try ticket.apply(
            .resolved(.solved, note: EntryID(4)), at: ticket.updatedAt + .seconds(1), by: .person(Sample.kari))
        #expect(effects.contains(.tell(.followers, .followedSolved, entry: nil)))
    }

    @Test(
        "A major incident does not go out of everybody's sight",
        arguments: [
            .assigned(Sample.staffMatters), .handedOver(Sample.staffMatters, reason: "-", note: EntryID(2)),
            .routed(Sample.staffMatters, rule: "all", why: RoutingReasons(isAgain: true)),
        ] as [Ticket.Event])
    func majorStaysOpen(event: Ticket.Event) throws {
        var ticket = try atWork()
        try ticket.go(through: .declaredMajor)
        #expect(throws: Refusal(reason: .isMajor, state: ticket.state, event: event.kind)) {
            try ticket.go(through: event)
        }
    }

    @Test("Only an open major incident is announced, and only of one is anything said in other words or ended")
    func announcing() throws {
        var ticket = try atWork()
        for event in [.announced(at: nil, words: EntryID(3)), .announcementEnded(at: nil)] as [Ticket.Event] {
            #expect(throws: Refusal(reason: .changesNothing, state: ticket.state, event: event.kind)) {
                try ticket.go(through: event)
            }
        }
        try ticket.go(through: .declaredMajor)
        try ticket.go(through: .announced(at: nil, words: EntryID(3)))
        try ticket.go(through: .announcementChanged(at: nil, words: EntryID(4)))
        try ticket.go(through: .resolved(.solved, note: nil))
        #expect(throws: Refusal.self) { try ticket.go(through: .announcementChanged(at: nil, words: EntryID(5))) }
    }

    @Test("Nobody is told of a note in which he names himself")
    func mentions() throws {
        var ticket = try atWork()
        let effects = try ticket.apply(
            .mentioned([Sample.kari, Sample.jan], entry: EntryID(3)), at: ticket.updatedAt + .seconds(1),
            by: .person(Sample.kari))
        #expect(effects == [.tell(.person(Sample.jan), .mentioned, entry: EntryID(3))])
    }

    @Test("The desk of another site that got the same enquiry sees it and is told, once, until it is closed")
    func listeners() throws {
        var ticket = try atWork()
        let added = Ticket.Event.listenerAdded(SiteID(9), PositionID(90))
        let effects = try ticket.apply(added, at: ticket.updatedAt + .seconds(1), by: .person(Sample.requester))
        #expect(effects == [.setAccess(ticket.scopes), .tell(.position(PositionID(90)), .listening, entry: nil)])
        #expect(ticket.scopes.contains(.site(SiteID(9))) && ticket.ties.listeners == [SiteID(9)])
        for site in [SiteID(9), ticket.origin] {
            #expect(throws: Refusal(reason: .changesNothing, state: .inProgress, event: .listenerAdded)) {
                try ticket.go(through: .listenerAdded(site, PositionID(90)))
            }
        }
        // A confidential team's ticket goes out of their sight, as out of everybody else's.
        try ticket.go(through: .assigned(Sample.staffMatters))
        #expect(ticket.scopes == [.team(Sample.staffMatters.place.team)])
        try ticket.go(through: .resolved(.solved, note: nil), .closed)
        #expect(throws: Refusal(reason: .isClosed, state: .closed, event: .listenerAdded)) {
            try ticket.go(through: .listenerAdded(SiteID(8), PositionID(90)))
        }
    }
}
