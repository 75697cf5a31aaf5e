public import Moments

extension Ticket {
    /// Opens a ticket: the first event of its log.
    public static func open(
        _ opening: Opening, id: TicketID, at moment: Moment, by actor: Actor
    ) -> (ticket: Ticket, effects: [Effect]) {
        var ticket = Ticket(
            id: id, number: opening.number, origin: opening.origin, channel: opening.channel, client: opening.client,
            requester: opening.requester, language: opening.language, classification: opening.classification,
            state: .new, outcome: nil, holder: .team(opening.intake.place), responsibility: opening.intake,
            owner: opening.intake.position, sharings: [], times: Times(opened: moment), heldSince: moment,
            updatedAt: moment, episode: 1, revision: 1)
        // Who stands at the counter or is on the phone has been answered.
        if opening.channel == .phone || opening.channel == .counter { ticket.noteResponse(by: actor, at: moment) }
        let leg = ticket.leg(from: .opened, isFirst: true)
        return (
            ticket,
            ticket.turnedToClient([
                .openLeg(leg), .settleClocks, .setAccess(ticket.scopes), .route,
                .tell(.requester, .acknowledgement, entry: opening.entry),
            ])
        )
    }

    /// Moves the ticket and says what must follow, or refuses and leaves it as it was.
    ///
    /// Each event has an instant of its own: a moment that is not after the event before it, as when two machines'
    /// clocks differ or several events share a transaction, is taken as one microsecond after it. The instant to keep
    /// with the event is `updatedAt` afterwards.
    public mutating func apply(
        _ event: Event, at moment: Moment, by actor: Actor
    ) throws(Refusal) -> [Effect] {
        var next = self
        next.updatedAt = max(moment, updatedAt + .microseconds(1))
        next.revision += 1
        let said: [Effect]
        do {
            said = try next.perform(event, by: actor)
        } catch {
            throw Refusal(reason: error, state: state, event: event.kind)
        }
        let old = self
        let consequences = next.consequences(since: old, of: event.kind)
        self = next
        let news = said.filter { !$0.tellsOfOwnAct(by: actor, requester: requester) }
        return turnedToClient(consequences + news, since: old, by: actor)
    }

    private mutating func perform(_ event: Event, by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        switch event {
        case .opened: throw .alreadyOpened
        case .changed(let changes): try change(changes)
        case .routed(let to, _, let why): try route(to: to, again: why.isAgain)
        case .assigned(let to): try assign(to: to)
        case .taken(let person): try take(person)
        case .handedOver(let to, _, let note): try handOver(to: to, note: note)
        case .noteAdded: []
        case .messageSent(let entry): try sendMessage(entry, by: actor)
        case .requesterAsked(let entry): try askRequester(entry, by: actor)
        case .requesterReplied(let entry): try hearRequester(entry, by: actor)
        case .putOnHold(let until, _): try putOnHold(until: until)
        case .resumed: try resume()
        case .referred(let supplier, let note): try refer(to: supplier, note: note)
        case .supplierAcknowledged(let supplier, _): try acknowledge(supplier)
        case .supplierNoted(_, let note): [.tell(caretaker, .supplierNoted, entry: note)]
        case .supplierAsked(let supplier, let note): try hearQuestion(of: supplier, note: note)
        case .supplierAnswered(let supplier, let note): try answer(supplier, note: note)
        case .supplierReturned(let supplier, let note): try takeBack(from: supplier, .supplierReturned, note: note)
        case .supplierResolved(let supplier, let note): try takeBack(from: supplier, .supplierResolved, note: note)
        case .recalled(let supplier, let note): try recall(from: supplier, note: note)
        case .supplierUnreachable(let supplier): try hearFailure(of: supplier)
        case .supplierEscalated(let supplier, let mark): try escalate(to: supplier, mark)
        case .resolved(let outcome, let note, _): try resolve(outcome, note: note, by: actor)
        case .reopened(_, let note): try reopen(note: note)
        case .closed: try close()
        case .released, .ownerChanged, .foundSufficient, .foundInsufficient, .meansChosen, .callbackPromised,
            .callbackMade,
            .inquired, .inquiryAnswered, .inquiryWithdrawn, .offered, .offerAccepted, .offerDeclined, .escalated,
            .linked, .unlinked, .becameChild, .leftParent, .waitsForParent, .merged, .absorbed, .split, .declaredMajor,
            .stoodDown,
            .announced, .announcementChanged, .announcementEnded, .joined, .listenerAdded, .mentioned, .personMerged,
            .automated, .automationStopped, .told:
            try performAround(event, by: actor)
        case .termsChanged: try followTerms()
        case .clocksReevaluated: []
        case .deadlineNear: try tellOfDeadline([caretaker], .deadlineNear)
        // Missed is missed, also where the end came before anybody could be told; then the log alone says so.
        case .deadlineMissed where hasEnded: []
        case .deadlineMissed: try tellOfDeadline([caretaker, .leads(responsibility.place.team)], .deadlineMissed)
        }
    }
}

extension Ticket {
    /// What happens around the work: promises, questions and offers, and how tickets belong together.
    private mutating func performAround(_ event: Event, by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        switch event {
        case .released: try release()
        case .ownerChanged(let position): try change(owner: position)
        case .foundSufficient: try judgeSufficient()
        case .meansChosen(let means, _): try choose(means)
        case .foundInsufficient(let sender, let note): try giveBack(to: sender, note: note)
        case .callbackPromised(let due): try promiseCallback(by: due)
        case .callbackMade: try keepCallback(by: actor)
        case .inquired(let addressee, let question): try inquire(addressee, question: question)
        case .inquiryAnswered(let question, let answer): try endInquiry(question, answer: answer)
        case .inquiryWithdrawn(let question): try endInquiry(question, answer: nil)
        case .offered(let to, let note): try offer(to: to, note: note)
        case .offerAccepted(let to): try acceptOffer(as: to)
        case .offerDeclined(let note): try declineOffer(note: note)
        case .escalated(let level, _, let round): try escalate(to: level, round: round)
        case .linked(let other, let kind): try link(to: other, kind)
        case .unlinked(let other, let kind): [.unlink(other, kind)]
        case .becameChild(let parent): try become(childOf: parent)
        case .leftParent: try leaveParent()
        case .waitsForParent: try waitForParent()
        case .merged(let other): try merge(into: other)
        case .absorbed(let other): try absorb(other)
        case .declaredMajor: try declareMajor()
        case .stoodDown: try standDown()
        case .announced, .announcementChanged: try announce()
        case .announcementEnded: try endAnnouncement()
        case .joined(let person): try join(person)
        case .listenerAdded(let site, let position): try listen(at: site, position)
        case .told(let party, let entry): tell(party, entry)
        case .personMerged(let gone, let kept): try merge(gone, into: kept)
        case .mentioned(let people, let entry): people.map { .tell(.person($0), .mentioned, entry: entry) }
        default: []
        }
    }

    /// The desk has the ticket again, at work if a person is.
    mutating func returnToTeam() {
        state = responsibility.person == nil ? .assigned : .inProgress
        holder = .team(responsibility.place)
    }

    /// Remembers when the requester heard from the desk: public words of a person who is not the requester. The first
    /// ones are the response.
    mutating func noteResponse(by actor: Actor, at moment: Moment) {
        guard case .person(let person) = actor, person != requester else { return }
        times.firstResponse = times.firstResponse ?? moment
        times.lastUpdate = moment
    }

    func leg(from event: Event.Kind, isFirst: Bool) -> Leg {
        Leg(
            episode: episode, isFirst: isFirst, holder: holder, place: responsibility.place,
            position: responsibility.position, reason: event, startedAt: heldSince)
    }
}

extension Effect {
    /// Nobody is told about what he did himself.
    func tellsOfOwnAct(by actor: Ticket.Actor, requester: PersonID) -> Bool {
        guard case .tell(let audience, _, _) = self, case .person(let actor) = actor else { return false }
        switch audience {
        case .requester: return actor == requester
        case .person(let person): return actor == person
        case .position, .leads, .team, .managers, .followers: return false
        }
    }
}
