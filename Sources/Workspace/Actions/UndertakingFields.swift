import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import TimeZones

/// The fields of what is promised, asked, judged and carried up.
struct UndertakingFields {
    let teller: TicketTeller
    let agent: Agent
    let fields: FormFields

    private var wording: Wording { teller.wording }
    private var directory: Directory { teller.view.directory }

    var callback: HTML {
        """
        \(fields.line(
            "at", wording(.callbackAt), hint: wording(.timesIn, ["zone": teller.zone.name]), type: "datetime-local"))
        \(note)
        """
    }

    var hold: HTML {
        """
        \(fields.text("note", wording(.holdNote), rows: 3))
        \(fields.line(
            "until", wording(.optionalField, ["field": wording(.holdUntil)]),
            hint: "\(wording(.holdHint)) \(wording(.timesIn, ["zone": teller.zone.name]))", type: "datetime-local"))
        """
    }

    /// Who of the team it is given to.
    func colleague(among teammates: [Teammate]) -> HTML {
        let people = teammates.map { mate in
            let state = mate.availability.map { " – " + wording(.availability, $0.rawValue) }
            return (value: "\(mate.person.id)", label: mate.person.name + (state ?? ""))
        }
        return "\(fields.choice("colleague", wording(.fieldColleague), people, none: ""))\(note)"
    }

    /// Another way than the present one, and what there is to say of it.
    var means: HTML {
        let others = Means.allCases.filter { $0 != teller.ticket.undertakings.means }
            .map { (value: $0.rawValue, label: wording(.means, $0.rawValue)) }
        return "\(fields.choice("means", wording(.fieldMeans), others, none: ""))\(note)"
    }

    var note: HTML { fields.text("note", wording(.optionalField, ["field": wording(.actionNote)]), rows: 3) }

    /// What the team must be told before it can work, to be ticked where it is missing, and room for more.
    var missing: HTML {
        let category = teller.ticket.classification.category.map { directory.categories.code(of: $0) }
        let team = directory.teams.code(of: teller.ticket.responsibility.place.team)
        let needs = directory.organisation.needs(of: category, by: team)
        let language = wording.language.tag
        let list: HTML? =
            needs.isEmpty
            ? nil
            : fields.checks(
                wording(.missingTitle), needs.map { (name: "need-\($0.code)", label: $0.name(in: language)) })
        return "\(list)\(fields.text("note", wording(.missingOther), hint: wording(.missingOtherHint), rows: 4))"
    }

    /// Whom one can ask without handing the ticket over: every team but the own, and every supplier that has not got
    /// it.
    var inquiry: HTML {
        let organisation = directory.organisation
        let here = teller.ticket.responsibility.place.team
        let teams = organisation.teams.filter { directory.teams[$0.code] != here }
            .sorted { ($0.tier, $0.name) < ($1.tier, $1.name) }
            .map { (value: "team:\($0.code)", label: "\($0.name) – \(wording(.tier, $0.tier))") }
        let shared = Set(teller.ticket.suppliers.map { directory.suppliers.code(of: $0) })
        let suppliers = organisation.suppliers.filter { !shared.contains($0.code) }
            .map { (value: "supplier:\($0.code)", label: "\($0.name) – \(wording(.holder, "supplier"))") }
        return """
            \(fields.choice("to", wording(.inquireWhom), teams + suppliers, none: ""))
            \(fields.text("note", wording(.inquireText), hint: wording(.inquireHint)))
            """
    }

    var escalation: HTML {
        let reached = teller.ticket.undertakings.escalation
        let levels = EscalationLevel.allCases.filter { level in reached.map { $0 < level } ?? true }
        return """
            \(fields.choice(
                "level", wording(.escalateTo),
                levels.map { (value: $0.rawValue, label: wording(.escalation, $0.rawValue)) }, none: ""))
            \(fields.choice(
                "reason", wording(.escalateReason),
                EscalationReason.allCases.map { (value: $0.rawValue, label: wording(.escalationReason, $0.rawValue)) },
                none: ""))
            """
    }

    /// The positions that can own the ticket: the agent's own, and those at the sites where it began and is.
    var owner: HTML {
        let organisation = directory.organisation
        let sites = [teller.ticket.origin, teller.ticket.responsibility.place.site].map { directory.code(of: $0) }
        let own = Set(agent.rights.positions.map { directory.positions.code(of: $0) })
        let present = directory.positions.code(of: teller.ticket.owner)
        let positions = organisation.positions.filter { position in
            position.code != present
                && (own.contains(position.code)
                    || organisation.team(position.team).map { !Set($0.sites).isDisjoint(with: sites) } ?? false)
        }
        return fields.choice(
            "position", wording(.ownerPosition), positions.map { (value: $0.code, label: $0.name) }, none: "")
    }
}
