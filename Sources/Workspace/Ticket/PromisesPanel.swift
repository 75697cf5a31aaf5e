import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Moments

/// What stands out about a ticket before anything is done: a promised call-back, how long it waits, an offer, how often
/// it came back, and how far it was carried up.
struct PromisesPanel {
    let teller: TicketTeller

    private var wording: Wording { teller.wording }

    var html: HTML? {
        let notices = [callback, hold, offer, returned, escalation].compactMap(\.self)
        return notices.isEmpty ? nil : "\(notices)"
    }

    private var callback: HTML? {
        guard let callback = teller.ticket.undertakings.callback else { return nil }
        let isLate = callback.due < teller.view.asOf
        let words = wording(
            isLate ? .callbackLate : .callbackDue, ["time": wording.dateAndTime(callback.due, in: teller.zone)])
        return "<p class=\"notice \(isLate ? "notice-bad" : "notice-warn")\">\(words)</p>"
    }

    private var hold: HTML? {
        if teller.ticket.ties.waitsForParent { return "<p class=\"notice\">\(wording(.partWaits))</p>" }
        return teller.ticket.undertakings.resumesAt.map { time in
            "<p class=\"notice\">\(wording(.holdOpen, ["time": wording.dateAndTime(time, in: teller.zone)]))</p>"
        }
    }

    private var offer: HTML? {
        teller.ticket.undertakings.offer.map { place in
            "<p class=\"notice\">\(wording(.offerOpen, ["team": teller.name(of: .team(place))]))</p>"
        }
    }

    private var returned: HTML? {
        let returns = teller.view.legs.returns(asOf: teller.view.asOf)
        guard let last = returns.last else { return nil }
        let time = returns.reduce(Duration.zero) { sum, loop in loop.held.values.reduce(sum, +) }
        let words = wording(
            .returnedTimes,
            [
                "count": returns.count, "duration": wording.duration(time),
                "team": teller.name(of: .team(last.place)),
            ])
        return "<p class=\"notice\">\(words)</p>"
    }

    private var escalation: HTML? {
        teller.ticket.undertakings.escalation.map { level in
            let words = wording(.escalatedTo, ["level": wording(.escalation, level.rawValue)])
            return "<p class=\"notice notice-warn\">\(words)</p>"
        }
    }
}
