import Desk
import Moments

/// The clocks of a whole log counted without clocks: for every stretch between two events, which measures counted, by
/// which calendar. Rounds are read from the events, not from what the ticket remembers of them.
struct PlainReplay {
    private struct Stretch {
        let from: Moment
        let counting: [Round: CalendarVersion]
    }

    struct Round: Hashable {
        let episode: Int
        let key: ClockKey
    }

    private var stretches: [Stretch] = []
    /// The rounds in which what was promised was done.
    private(set) var kept: Set<Round> = []
    private var news = Sample.start
    private var teamSince = Sample.start
    private var firstLineSince: Moment?
    private var waitsForParent = false
    private var referrals: [SupplierID: Referral] = [:]

    private struct Referral {
        let since: Moment
        var isAcknowledged = false
        var waits = false
        var asksRequester = false

        mutating func askRequester() { (waits, asksRequester) = (true, true) }
        mutating func hear() { (waits, asksRequester) = (false, false) }
    }

    init(_ log: [RecordedEvent], _ states: [Ticket], _ sample: ClockSample, _ targets: [Target]) {
        for (place, (recorded, ticket)) in zip(log, states).enumerated() {
            hear(recorded, ticket, before: place == 0 ? nil : states[place - 1])
            let terms = sample.terms(for: ticket, targets: targets)
            var counting: [Round: CalendarVersion] = [:]
            for (key, waiting) in running(ticket) {
                guard let target = terms.targets[key],
                    !(waiting.map { $0 == .parent || target.pauses.contains($0) } ?? false)
                else {
                    continue
                }
                counting[Round(episode: ticket.episode, key: key)] =
                    switch target.calendar {
                    case .holder: terms.holderCalendar
                    case .origin, .requester: terms.originCalendar
                    case .agreement, .always: sample.always
                    }
            }
            if let call = ticket.undertakings.callback, ticket.state != .resolved, ticket.state != .closed {
                let key = ClockKey(.callback, round: call.promisedAt)
                counting[Round(episode: ticket.episode, key: key)] = sample.always
            }
            stretches.append(Stretch(from: ticket.updatedAt, counting: counting))
        }
    }

    private mutating func hear(_ recorded: RecordedEvent, _ ticket: Ticket, before: Ticket?) {
        let now = ticket.updatedAt
        if ticket.times.firstResponse != nil, before?.times.firstResponse == nil {
            kept.insert(Round(episode: ticket.episode, key: ClockKey(.firstResponse)))
        }
        if let before {
            noteKept(recorded, before)
            let isOver = ticket.state == .resolved || ticket.state == .closed
            if !isOver, before.state == .resolved || before.state == .closed { news = now }
            if before.episode != ticket.episode { (teamSince, firstLineSince) = (now, nil) }
            if before.responsibility.place.team != ticket.responsibility.place.team { teamSince = now }
        }
        if case .person(let person) = recorded.actor, person != Sample.requester {
            switch recorded.event {
            case .messageSent, .requesterAsked, .resolved, .callbackMade: news = now
            default: break
            }
        }
        if ticket.responsibility.place.tier != 1 { firstLineSince = nil }
        if ticket.responsibility.place.tier == 1, ticket.state == .inProgress, firstLineSince == nil {
            firstLineSince = now
        }
        switch recorded.event {
        case .waitsForParent: waitsForParent = true
        case .putOnHold: waitsForParent = false
        default: waitsForParent = waitsForParent && ticket.state == .waitingOther
        }
        switch recorded.event {
        case .referred(let supplier, _): referrals[supplier] = Referral(since: now)
        case .supplierAcknowledged(let supplier, _): referrals[supplier]?.isAcknowledged = true
        case .supplierAsked(let supplier, _): referrals[supplier]?.waits = true
        case .supplierAnswered(let supplier, _): referrals[supplier]?.hear()
        case .requesterAsked:
            if case .supplier(let supplier) = recorded.actor { referrals[supplier]?.askRequester() }
        case .requesterReplied:
            for (supplier, referral) in referrals where referral.asksRequester { referrals[supplier]?.hear() }
        case .supplierReturned(let supplier, _), .supplierResolved(let supplier, _), .recalled(let supplier, _):
            referrals[supplier] = nil
        case .resolved, .merged: referrals = [:]
        default: break
        }
    }

    /// What this event kept, read from the event and from the ticket before it.
    private mutating func noteKept(_ recorded: RecordedEvent, _ before: Ticket) {
        func keep(_ measure: Measure, about subject: ClockSubject = .ticket, since round: Moment? = nil) {
            kept.insert(Round(episode: before.episode, key: ClockKey(measure, about: subject, round: round)))
        }
        switch recorded.event {
        case .merged: return
        case .resolved: keep(.resolution)
        case .callbackMade: if let call = before.undertakings.callback { keep(.callback, since: call.promisedAt) }
        case .supplierAcknowledged(let supplier, _):
            referrals[supplier].map { keep(.supplierAcknowledgement, about: .supplier(supplier), since: $0.since) }
        case .supplierResolved(let supplier, _):
            referrals[supplier].map { keep(.supplierResolution, about: .supplier(supplier), since: $0.since) }
        case .inquiryAnswered(let question, _):
            for asked in before.undertakings.inquiries where asked.question == question {
                switch asked.addressee {
                case .team(let place): keep(.question, about: .team(place.team), since: asked.askedAt)
                case .supplier(let supplier): keep(.question, about: .supplier(supplier), since: asked.askedAt)
                }
            }
        default: break
        }
        // The team's time, the first line's and the wait for news end with anything that takes the ticket on.
        keep(.update, since: news)
        keep(.team, about: .team(before.responsibility.place.team), since: teamSince)
        if let firstLineSince { keep(.timeBox, since: firstLineSince) }
    }

    private func running(_ ticket: Ticket) -> [(ClockKey, PauseReason?)] {
        if ticket.state == .resolved || ticket.state == .closed { return [] }
        let waiting: PauseReason? =
            switch ticket.state {
            case .waitingRequester: .requester
            case .waitingSupplier: .supplier
            case .waitingOther: waitsForParent ? .parent : .other
            default: nil
            }
        var keys = [
            ClockKey(.resolution), ClockKey(.update, round: news),
            ClockKey(.team, about: .team(ticket.responsibility.place.team), round: teamSince),
        ]
        if ticket.times.firstResponse == nil { keys.append(ClockKey(.firstResponse)) }
        if let firstLineSince { keys.append(ClockKey(.timeBox, round: firstLineSince)) }
        var running = keys.map { ($0, waiting) }
        for inquiry in ticket.undertakings.inquiries {
            let subject: ClockSubject
            switch inquiry.addressee {
            case .team(let place): subject = .team(place.team)
            case .supplier(let supplier): subject = .supplier(supplier)
            }
            running.append((ClockKey(.question, about: subject, round: inquiry.askedAt), nil))
        }
        for (supplier, referral) in referrals {
            let measures: [Measure] =
                [.supplierResolution] + (referral.isAcknowledged ? [] : [.supplierAcknowledgement])
            for measure in measures {
                let key = ClockKey(measure, about: .supplier(supplier), round: referral.since)
                running.append((key, referral.waits ? .desk : nil))
            }
        }
        return running
    }

    /// What a round counted until an instant, in microseconds.
    func elapsed(_ round: Round, until end: Moment) -> Int64 {
        let ends = stretches.dropFirst().map(\.from) + [end]
        return zip(stretches, ends).reduce(0) { sum, stretch in
            sum + (stretch.0.counting[round]?.calendar.elapsed(from: stretch.0.from, to: stretch.1) ?? 0)
        }
    }

    /// Every round that ever counted.
    var rounds: Set<Round> { stretches.reduce(into: []) { $0.formUnion($1.counting.keys) } }
}
