import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Moments
import TimeZones

/// Where an agent says with one click whether he is there for tickets.
struct AvailabilityPanel {
    let agent: Agent
    let availability: Availability
    /// The zone of the agent's site, in which he says until when.
    let zone: Zone
    /// Whether he has just said it.
    let isNew: Bool

    private var wording: Wording { agent.wording }

    var notice: HTML? {
        isNew ? "<p class=\"notice notice-good\" role=\"status\">\(wording(.doneAvailability))</p>" : nil
    }

    var html: HTML {
        let buttons = Availability.State.allCases.map { state -> HTML in
            let isNow = state == availability.state
            return """
                <button type="submit" name="state" value="\(state.rawValue)" \
                aria-pressed="\(isNow ? "true" : "false")">\
                \(wording(.availability, state.rawValue))</button>
                """
        }
        return """
            <details class="menu availability"><summary><span class="visually-hidden">\(wording(.availabilityTitle)): \
            </span>\(now)</summary><form class="menu-list" method="post" action="/desk/availability" \
            aria-label="\(wording(.availabilityTitle))">\(agent.visit.formToken)\(buttons)\
            <div class="field"><label for="availability-until">\(wording(.availabilityUntilField))</label>\
            <input id="availability-until" name="until" type="datetime-local"></div>\
            <a href="/desk/absences">\(wording(.absencesTitle))</a></form></details>
            """
    }

    /// What holds, in a word or two.
    private var now: String {
        let state = wording(.availability, availability.state.rawValue)
        guard let until = availability.until else { return state }
        return wording(.availabilityUntil, ["state": state, "time": wording.dateAndTime(until, in: zone)])
    }
}

extension Workspace {
    /// Takes what an agent says of himself; an hour that cannot be read or is over means until he says otherwise.
    func setAvailability(_ request: Request, for agent: Agent) async throws -> Response {
        let form = Draft(try request.form())
        guard let state = Availability.State(rawValue: form["state"]) else { throw EndpointFault.noSuchPath }
        let zone = website.zone(of: agent.person.homeSite, in: try agent.visit.directory())
        try await website.store.setAvailability(
            state, of: agent.person.id, until: Self.moment(form["until"], in: zone))
        return .seeOther("/desk?available=\(state.rawValue)")
    }

    /// An instant as a browser writes it: `2026-03-12T13:05` by the clock on the wall.
    static func moment(_ text: String, in zone: Zone) -> Moment? {
        let parts = text.split(separator: "T")
        guard parts.count == 2, let date = CivilDate(parts[0]) else { return nil }
        let time = parts[1].split(separator: ":").map { Int($0) }
        guard time.count >= 2, let hour = time[0], let minute = time[1],
            let civil = CivilTime(date, hour: hour, minute: minute)
        else { return nil }
        return zone.moment(civil)
    }
}
