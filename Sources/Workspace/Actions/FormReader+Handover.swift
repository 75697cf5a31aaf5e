import Catalogue
import Desk
import DeskStore
import DeskWeb
import Moments

extension FormReader {
    /// A hand-over, with the person who is put through or the call-back that is promised.
    mutating func handover() -> Change? {
        let directory = view.directory
        let contact = HandoverFields.Contact(rawValue: draft["contact"])
        let through = contact == .putThrough ? colleague() : nil
        let to = target(of: through)
        if to == nil { draft.refuse("team", wording(.errorTeamMissing)) }
        let reason = HandoverReason(rawValue: draft["reason"])
        if reason == nil { draft.refuse("reason", wording(.errorReasonMissing)) }
        let note = words(.internal)
        if contact == .putThrough { check(through, to) }
        let due = contact == .callBack ? promise(by: to) : nil
        guard let to, let reason else { return nil }
        var change = Change(note, with: directory.teams.code(of: to.place.team)) {
            .handedOver(to, reason: reason.rawValue, note: try $0.written())
        }
        if let due { change.before = [{ _ in .callbackPromised(due: due) }] }
        if let person = through?.person.id {
            change.after = [{ _ in .taken(person) }]
            change.sight = directory.sight(of: to)
        }
        return change
    }

    /// Whoever is put through, and where he is.
    private func colleague() -> (presence: TeamPresence, person: Colleague)? {
        guard let key = Int64(draft["person"]) else { return nil }
        for presence in presences {
            if let person = presence.people.first(where: { $0.id == PersonID(key) }) { return (presence, person) }
        }
        return nil
    }

    /// The team that was chosen, or else that of whoever is put through.
    private func target(of through: (presence: TeamPresence, person: Colleague)?) -> Responsibility? {
        let directory = view.directory
        if draft["team"].isEmpty, let through {
            return directory.responsibility(of: through.presence.team, at: through.presence.site)
        }
        let codes = draft["team"].split(separator: ":").map(String.init)
        guard codes.count == 2, let site = directory.sites[codes[0]], let team = directory.teams[codes[1]] else {
            return nil
        }
        return directory.responsibility(of: team, at: site)
    }

    private mutating func check(_ through: (presence: TeamPresence, person: Colleague)?, _ to: Responsibility?) {
        if through == nil || through.map({ $0.presence.team != to?.place.team }) == true {
            draft.refuse("person", wording(.errorPersonMissing))
        }
    }

    private mutating func promise(by to: Responsibility?) -> Moment? {
        guard draft["by"].isEmpty else { return moment("by") }
        let team = to.flatMap { view.directory.team($0.place.team) }
        let due = team.flatMap { view.directory.contactTime(of: $0, after: view.asOf) }
        if team != nil, due == nil { draft.refuse("by", wording(.errorMoment)) }
        return due
    }

    /// The day and time of a field in the agent's zone; notes what is wrong where there is none.
    mutating func moment(_ field: String) -> Moment? {
        let moment = draft.moment(field, in: zone)
        if moment == nil { draft.refuse(field, wording(.errorMoment)) }
        return moment
    }
}
