import Desk
import Moments

/// Turns the actions of the document, which name codes, into steps, which name keys.
struct AutomationWriter: Sendable {
    let record: TicketRecord
    let requester: PersonRecord
    let directory: Directory
    /// Who decides, where a priority is set.
    let basis: PriorityBasis

    private var ticket: Ticket { record.ticket }
    private typealias Words = (text: String, visibility: Visibility)

    /// - Throws: `DeskInconsistency` where the database does not know what the document names.
    func steps(_ actions: [AutomationAction]) throws -> [AutomationStep] {
        try directory.organisation.automation.unfolded(actions).enumerated().map { index, action in
            try step(index + 1, action)
        }
    }

    private func step(_ number: Int, _ action: AutomationAction) throws -> AutomationStep {
        func make(
            _ words: Words? = nil, _ event: @escaping @Sendable (Ticket, EntryID) -> Ticket.Event
        ) -> AutomationStep {
            AutomationStep(number, action.verb, words: words) { event($0, $1 ?? EntryID(0)) }
        }
        switch action {
        case .priority, .category, .addTags, .removeTags: return try change(number, action)
        case .assign(let to):
            let place = try destination(to)
            return make { ticket, _ in .assigned(ticket.isWith(place, to) ? ticket.responsibility : place) }
        case .handOver(let to, let note):
            let place = try destination(to)
            return make(words(note, .internal)) { .handedOver(place, reason: "automation", note: $1) }
        case .refer(let code, let note):
            guard let supplier = directory.suppliers[code] else { throw unknown("supplier", code) }
            return make(words(note, .internal)) { ticket, entry in
                ticket.suppliers.contains(supplier) ? .changed(Changes()) : .referred(supplier, note: entry)
            }
        case .note(let text): return make(words(text, .internal)) { .noteAdded($1) }
        case .message(let text): return make(words(text, .public)) { .messageSent($1) }
        case .tell(let whom, let text):
            let party = try party(whom)
            return make(words(text, .internal)) { .told(party, entry: $1) }
        case .escalate(let level, let reason): return make { _, _ in .escalated(level, reason) }
        case .ask(let text): return make(words(text, .public)) { .requesterAsked($1) }
        case .hold(let note):
            return AutomationStep(number, action.verb, words: note.map { words($0, .internal) }) { ticket, entry in
                ticket.state == .waitingOther ? .changed(Changes()) : .putOnHold(until: nil, note: entry)
            }
        case .resume: return make { _, _ in .resumed }
        case .resolve(let outcome, let text):
            return AutomationStep(number, action.verb, words: text.map { words($0, .public) }) { _, entry in
                .resolved(outcome, note: entry)
            }
        case .macro(let code): throw DeskInconsistency("macro \(code) was not unfolded")
        }
    }

    private func change(_ number: Int, _ action: AutomationAction) throws -> AutomationStep {
        switch action {
        case .priority(let priority, let because):
            return AutomationStep(number, action.verb, words: words(because, .internal)) { [basis] ticket, entry in
                var changes = Changes()
                if ticket.classification.priority != priority {
                    (changes.priority, changes.basis, changes.reason) = (priority, basis, entry)
                }
                return .changed(changes)
            }
        case .category(let code):
            guard let key = directory.categories[code] else { throw unknown("category", code) }
            return AutomationStep(number, action.verb) { _, _ in
                var changes = Changes()
                changes.category = key
                return .changed(changes)
            }
        case .addTags(let tags): return retag(number, action) { Set($0).union(tags) }
        case .removeTags(let tags): return retag(number, action) { Set($0).subtracting(tags) }
        default: throw DeskInconsistency("\(action.verb.rawValue) changes no classification")
        }
    }

    private func retag(
        _ number: Int, _ action: AutomationAction, _ edit: @escaping @Sendable ([String]) -> Set<String>
    ) -> AutomationStep {
        AutomationStep(number, action.verb) { ticket, _ in
            var changes = Changes()
            let tags = edit(ticket.classification.tags).sorted()
            if tags != ticket.classification.tags, tags.count <= Changes.mostTags { changes.tags = tags }
            return .changed(changes)
        }
    }

    /// The requester reads his own language, the desk that of the site that has the ticket.
    private func words(_ text: AutomationText, _ visibility: Visibility) -> Words {
        let place = ticket.responsibility.place
        let language = visibility == .public ? ticket.language : directory.language(of: place.site)
        return (
            text.text(
                in: language,
                [
                    .number: ticket.number.description, .subject: record.subject, .requester: requester.name,
                    .team: directory.team(place.team)?.name ?? "", .site: directory.site(place.site)?.name ?? "",
                    .priority: "\(ticket.classification.priority.rawValue)",
                ]), visibility
        )
    }

    private func destination(_ to: AutomationAction.Destination) throws -> Responsibility {
        let code: String
        var position: PositionID?
        switch to {
        case .team(let team): code = team
        case .position(let named):
            guard let post = directory.organisation.position(named), let key = directory.positions[named] else {
                throw unknown("position", named)
            }
            (code, position) = (post.team, key)
        }
        let here = directory.code(of: ticket.responsibility.place.site)
        guard let team = directory.organisation.team(code), let key = directory.teams[code],
            let site = directory.sites[team.serves(here) ? here : team.sites.first ?? here],
            let place = directory.responsibility(of: key, at: site, position: position)
        else { throw unknown("team", code) }
        return place
    }

    private func party(_ whom: AutomationAction.Recipient) throws -> ToldParty {
        switch whom {
        case .position(let code):
            guard let key = directory.positions[code] else { throw unknown("position", code) }
            return .position(key)
        case .team(let code):
            guard let key = directory.teams[code] else { throw unknown("team", code) }
            return .team(key)
        case .level(let level): return .level(level)
        }
    }

    private func unknown(_ kind: String, _ code: String) -> DeskInconsistency {
        DeskInconsistency("\(kind) \"\(code)\" is missing")
    }
}

extension Ticket {
    /// Whether a ticket is where a rule assigns it, by whichever person of it.
    fileprivate func isWith(_ place: Responsibility, _ to: AutomationAction.Destination) -> Bool {
        guard state != .new, responsibility.place == place.place else { return false }
        return if case .team = to { true } else { responsibility.position == place.position }
    }
}
