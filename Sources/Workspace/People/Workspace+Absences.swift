import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import Moments
import Runtime

/// When people of the desk are not there, and who stands in for them.
extension Workspace {
    var absenceEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/absences") { request, agent in
                var page = try await absencesPage(for: agent)
                page.done = request.query["done"].flatMap { Catalogue.Phrase(rawValue: "absenceDone\($0)") }
                return page.response()
            },
            Endpoint(.post, "/desk/absences", body: .collected(limit: 8192)) { request, agent in
                try await enterAbsence(request, agent)
            },
            Endpoint(.post, "/desk/absences/end", body: .collected(limit: 4096)) { request, agent in
                try await endAbsence(request, agent)
            },
            Endpoint(.post, "/desk/absences/stand-ins", body: .collected(limit: 8192)) { request, agent in
                try await enterStandIn(request, agent)
            },
            Endpoint(.post, "/desk/absences/stand-ins/end", body: .collected(limit: 4096)) { request, agent in
                try await endStandIn(request, agent)
            },
        ]
    }

    private func absencesPage(for agent: Agent) async throws -> AbsencesPage {
        let store = website.store
        let directory = try agent.visit.directory()
        let roll = try await store.roll(of: agent.rights.teams)
        let members = Set(roll.map(\.person)).union([agent.person.id])
        let absences = try await store.absences(of: Array(members))
        let entries = try await store.rosterEntries(of: Array(Set(roll.map(\.position))))
        let named = members.union(absences.compactMap(\.deputy)).union(
            entries.flatMap { [$0.person, $0.insteadOf].compactMap(\.self) })
        let people = try await store.people(named)
        return AbsencesPage(
            agent: agent, directory: directory, roll: roll, absences: absences, entries: entries,
            people: Dictionary(people.map { ($0.id, $0) }) { first, _ in first },
            zone: website.zone(of: agent.person.homeSite, in: directory), now: store.timekeeper.now)
    }

    private func refused(
        _ draft: Draft, _ form: AbsencesPage.Form, for agent: Agent
    ) async throws -> Response {
        var page = try await absencesPage(for: agent)
        page.draft = (form, draft)
        return page.response(.unprocessableContent)
    }

    private func enterAbsence(_ request: Request, _ agent: Agent) async throws -> Response {
        let page = try await absencesPage(for: agent)
        var draft = Draft(try request.form())
        let wording = agent.wording
        var person: PersonID? = agent.person.id
        if !draft["person"].isEmpty { person = try colleague(draft["person"], on: page, led: true) }
        let reason = Absence.Reason(rawValue: draft["reason"])
        if reason == nil {
            draft.refuse("reason", wording(.errorChoiceMissing, ["field": wording(.absenceWhy)]))
        }
        let since = moment("from", of: &draft, in: page, wording)
        let until = moment("until", of: &draft, in: page, wording)
        let deputy = draft["deputy"].isEmpty ? nil : try colleague(draft["deputy"], on: page, led: false)
        guard let person, let reason, draft.faults.isEmpty else {
            return try await refused(draft, .absence, for: agent)
        }
        do {
            let entry = AbsenceDraft(reason, since: since, until: until, deputy: deputy)
            _ = try await website.store.enter(entry, of: person, by: agent.actor)
        } catch let fault as UnfitAbsence {
            draft.refuse(fault == .ownDeputy ? "deputy" : "until", wording(fault.phrase))
            return try await refused(draft, .absence, for: agent)
        }
        return .seeOther("/desk/absences?done=Entered")
    }

    private func endAbsence(_ request: Request, _ agent: Agent) async throws -> Response {
        guard let id = UUID(uuidString: Draft(try request.form())["absence"]) else { throw EndpointFault.noSuchPath }
        let page = try await absencesPage(for: agent)
        guard let absence = page.absences.first(where: { $0.id == id }) else {
            return .seeOther("/desk/absences")
        }
        if absence.person != agent.person.id { _ = try colleague("\(absence.person)", on: page, led: true) }
        do {
            try await website.store.end(absence: id, by: agent.actor)
        } catch is UnfitAbsence {
            return .seeOther("/desk/absences")
        }
        return .seeOther("/desk/absences?done=Ended")
    }

    private func enterStandIn(_ request: Request, _ agent: Agent) async throws -> Response {
        guard agent.rights.leads(at: agent.person.homeSite) else { throw TurnedAway.notAllowed }
        let page = try await absencesPage(for: agent)
        var draft = Draft(try request.form())
        let wording = agent.wording
        func missing(_ field: Catalogue.Phrase) -> String {
            wording(.errorChoiceMissing, ["field": wording(field)])
        }
        let position = page.directory.positions[draft["position"]]
        if position == nil || !page.roll.contains(where: { $0.position == position }) {
            draft.refuse("position", missing(.absencePosition))
        }
        if draft["person"].isEmpty { draft.refuse("person", missing(.standInWho)) }
        let person = draft["person"].isEmpty ? nil : try colleague(draft["person"], on: page, led: true)
        let other = draft["instead"].isEmpty ? nil : try colleague(draft["instead"], on: page, led: true)
        let since = moment("from", of: &draft, in: page, wording) ?? page.now
        let until = moment("until", of: &draft, in: page, wording)
        if until == nil, draft["until"].isEmpty { draft.refuse("until", wording(.errorMoment)) }
        guard let position, let person, let until, draft.faults.isEmpty else {
            return try await refused(draft, .standIn, for: agent)
        }
        do {
            _ = try await website.store.roster(
                person, as: position, since: since, until: until, insteadOf: other, by: agent.actor)
        } catch let fault as UnfitRosterEntry {
            draft.refuse(
                fault == .ownStandIn ? "instead" : "until",
                wording(fault == .ownStandIn ? .standInOwn : .absenceIsOver))
            return try await refused(draft, .standIn, for: agent)
        }
        return .seeOther("/desk/absences?done=StandIn")
    }

    private func endStandIn(_ request: Request, _ agent: Agent) async throws -> Response {
        guard agent.rights.leads(at: agent.person.homeSite) else { throw TurnedAway.notAllowed }
        let page = try await absencesPage(for: agent)
        let id = UUID(uuidString: Draft(try request.form())["entry"])
        guard let entry = page.entries.first(where: { $0.id == id }) else { return .seeOther("/desk/absences") }
        do {
            try await website.store.end(rosterEntry: entry.id, by: agent.actor)
        } catch is UnfitRosterEntry {
            return .seeOther("/desk/absences")
        }
        return .seeOther("/desk/absences?done=StandInEnded")
    }

    /// Somebody of the page by his key.
    ///
    /// - Parameter led: whether only whoever leads may name him.
    private func colleague(_ key: String, on page: AbsencesPage, led: Bool) throws -> PersonID {
        guard let person = page.roll.first(where: { "\($0.person)" == key })?.person else {
            throw EndpointFault.noSuchPath
        }
        let mayName = !led || person == page.agent.person.id || page.agent.rights.leads(at: page.agent.person.homeSite)
        guard mayName else { throw TurnedAway.notAllowed }
        return person
    }

    private func moment(
        _ field: String, of draft: inout Draft, in page: AbsencesPage, _ wording: Wording
    ) -> Moment? {
        if draft[field].isEmpty { return nil }
        let moment = draft.moment(field, in: page.zone)
        if moment == nil { draft.refuse(field, wording(.errorMoment)) }
        return moment
    }
}

extension UnfitAbsence {
    fileprivate var phrase: Catalogue.Phrase {
        switch self {
        case .isOver, .unknown: .absenceIsOver
        case .isFarAway: .absenceIsFarAway
        case .ownDeputy: .standInOwn
        }
    }
}
