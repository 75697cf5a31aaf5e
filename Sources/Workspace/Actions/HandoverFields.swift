import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Moments

/// The fields of a hand-over: where to, whether somebody there is put through at once or a call-back is promised, and
/// what is known.
struct HandoverFields {
    let teller: TicketTeller
    let presences: [TeamPresence]
    let fields: FormFields

    /// What becomes of the requester while the ticket moves.
    enum Contact: String, CaseIterable {
        case putThrough = "put_through"
        case callBack = "call_back"

        var phrase: Catalogue.Phrase {
            switch self {
            case .putThrough: .contactPutThrough
            case .callBack: .contactCallBack
            }
        }
    }

    private var wording: Wording { teller.wording }
    private var organisation: Organisation { teller.view.directory.organisation }

    var html: HTML {
        let people = presences.flatMap { presence in presence.people.map { (presence, $0) } }
        let person: HTML? =
            people.isEmpty
            ? nil
            : fields.choice(
                "person", wording(.contactPerson),
                people.map { presence, colleague in
                    (value: "\(colleague.id)", label: "\(colleague.name) – \(teller.name(of: presence.team))")
                }, none: "")
        let contacts = Contact.allCases.filter { $0 != .putThrough || !people.isEmpty }
        return """
            \(fields.choice("team", wording(.handOverTo), teams, none: ""))
            \(fields.choice(
                "reason", wording(.handOverReason),
                HandoverReason.allCases.map { (value: $0.rawValue, label: wording(.reason, $0.rawValue)) }, none: ""))
            \(fields.text("note", wording(.handOverNote), hint: wording(.handOverNoteHint), rows: 8))
            \(fields.choice(
                "contact", wording(.contactTitle), contacts.map { (value: $0.rawValue, label: wording($0.phrase)) },
                none: wording(.contactNone), hint: people.isEmpty ? wording(.contactNobody) : nil))
            \(person)
            \(fields.line(
                "by", wording(.optionalField, ["field": wording(.contactBy)]), hint: wording(.contactByHint),
                type: "datetime-local"))
            """
    }

    /// Every team at every site it serves, but where the ticket is already; the nearest, whose people are known, first.
    private var teams: [(value: String, label: String)] {
        let directory = teller.view.directory
        let here = teller.ticket.responsibility.place
        let near = Dictionary(presences.enumerated().map { ($1.key, $0) }) { first, _ in first }
        let places = organisation.teams.sorted { ($0.tier, $0.name) < ($1.tier, $1.name) }.flatMap { team in
            team.sites.compactMap { code -> (key: String, team: Team, site: String, rank: Int)? in
                guard let site = directory.sites[code], let key = directory.teams[team.code],
                    key != here.team || site != here.site
                else { return nil }
                let place = "\(site):\(key)"
                return (place, team, code, near[place] ?? presences.count)
            }
        }
        return places.sorted { $0.rank < $1.rank }.map { place in
            let presence = near[place.key].map { presences[$0] }
            return ("\(place.site):\(place.team.code)", label(of: place.team, at: place.site, presence))
        }
    }

    private func label(of team: Team, at site: String, _ presence: TeamPresence?) -> String {
        let directory = teller.view.directory
        let name = wording(.teamAtSite, ["team": team.name, "site": organisation.site(site)?.name ?? site])
        let isOpen = directory.isOpen(organisation.calendar(of: team), at: teller.view.asOf)
        var parts = [wording(.tier, team.tier), wording(isOpen ? .teamOpen : .teamClosed)]
        if let presence, !presence.people.isEmpty {
            parts.append(wording(.teamAvailable, ["count": presence.people.count]))
        } else if let time = directory.contactTime(of: team, after: teller.view.asOf) {
            parts.append(wording(.teamContactsBy, ["time": wording.dateAndTime(time, in: teller.zone)]))
        }
        return "\(name) – \(parts.joined(separator: ", "))"
    }
}

extension TeamPresence {
    /// What tells it from others among the choices.
    fileprivate var key: String { "\(site):\(team)" }
}

extension TicketTeller {
    /// What is known of the matter, as the note of a hand-over begins.
    var knownFacts: String { KnownFacts(view.record, view.entries, desk: view.directory.organisation.name).text }
}
