import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML

/// How much of its time the first line has used, above everything that it can do (S49). At the limit it says that the
/// ticket can be handed over; nothing is ever forbidden by it.
struct TimeBoxPanel {
    let page: TicketPage

    private var wording: Wording { page.teller.wording }

    var html: HTML? {
        guard let clock = page.timeBox else { return nil }
        let (used, target) = (clock.elapsed(at: page.teller.view.asOf), clock.budget)
        let share = min(100, used * 100 / max(1, target))
        let words = wording(
            .clockOf,
            ["used": wording.duration(.microseconds(used)), "target": wording.duration(.microseconds(target))])
        let isUp = page.isTimeUp
        let name = wording(.measure, clock.measure.rawValue)
        let notice: HTML? = isUp ? "<p class=\"notice notice-warn\">\(wording(.timeBoxUp))</p>" : nil
        return """
            <section class="panel" aria-labelledby="time-box"><h2 id="time-box">\(name)</h2>
            <svg class="meter" aria-hidden="true"><rect class="meter-track" width="100%" height="10"/>\
            <rect class="\(isUp ? "meter-fill meter-late" : "meter-fill")" width="\(share)%" height="10"/></svg>
            <p>\(words)</p>\(notice)</section>
            """
    }
}
