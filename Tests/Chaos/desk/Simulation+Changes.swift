import Desk
import DeskStore
import Foundation
import JSON
import Moments
import SeedTestSupport
import TimeZones

/// The organisation changes while it works: people come and go, hours and promises become others.
extension Simulation {
    func change() async throws {
        guard let organisation = documents.organisation else { return }
        let people = [
            "away", "absent", "back", "twins", "class", "class", "recount", "recount", "roster", "roster",
            "articles", "articles", "articles",
        ]
        if Bool.random(using: &random), let kind = people.randomElement(using: &random) {
            return try await changePeople(kind, organisation)
        }
        let kinds = [
            "hours", "promise", "terms", "leaves", "returns", "shifts", "sharing", "holiday", "closes", "reopens",
            "secrecy", "places", "feed", "rosters", "rosters", "calendars", "calendars",
        ]
        let kind = kinds.randomElement(using: &random) ?? "hours"
        if kind == "feed" { return try editFeed() }
        let read = try JSONSerialization.jsonObject(with: Data(organisation.json.text.utf8))
        var document = read as? [String: Any] ?? [:]
        edit(&document, kind)
        tidyRosters(&document)
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: document, options: .sortedKeys), as: UTF8.self)
        let edited: Organisation
        do {
            edited = try Organisation(json: JSON.parse(text)) { [world] in try world.zones.zone($0) }
        } catch {
            refusals["document: \(kind)", default: 0] += 1
            return
        }
        if try await putInForce(edited) {
            deeds["document: \(kind)", default: 0] += 1
        } else {
            refusals["document: \(kind)", default: 0] += 1
        }
    }

    private func edit(_ document: inout [String: Any], _ kind: String) {
        switch kind {
        case "hours", "holiday":
            var calendars = document["calendars"] as? [String: [String: Any]] ?? [:]
            let code = calendars.keys.sorted().randomElement(using: &random) ?? ""
            if kind == "hours" {
                let opens = Int.random(in: 6...11, using: &random)
                let hours = [[String(format: "%02d:00", opens), String(format: "%02d:30", opens + 8)]]
                let days = ["mon", "tue", "wed", "thu", "fri", "sat"].prefix(Int.random(in: 4...6, using: &random))
                calendars[code]?["weekly"] = Dictionary(uniqueKeysWithValues: days.map { ($0, hours) })
            } else {
                let day = String((now + .seconds(86_400)).rfc3339.prefix(10))
                let days = calendars[code]?["holidays"] as? [String] ?? []
                calendars[code]?["holidays"] = Set(days + [day]).sorted()
            }
            document["calendars"] = calendars
        case "calendars":
            let codes = (document["calendars"] as? [String: Any] ?? [:]).keys.sorted()
            change(&document, Bool.random(using: &random) ? "teams" : "sites") { party, random in
                party["calendar"] = codes.randomElement(using: &random)
            }
        case "promise":
            change(&document, "targets") { target, random in
                target["within"] = "\(Int.random(in: 1...40, using: &random))h"
            }
        case "terms":
            change(&document, "targets") { target, random in
                target["calendar"] = ["holder", "origin", "requester", "always"].randomElement(using: &random)
                target["pauses"] = ["waiting_requester", "waiting_supplier", "waiting_other"].filter { _ in
                    Bool.random(using: &random)
                }
                target["escalate"] = [["percent": 100, "to": "lead"], ["percent": 150, "to": "site"]]
            }
        case "shifts":
            change(&document, "shifts") { shift, random in
                shift["action"] = Bool.random(using: &random) ? "offer" : "hand_over"
                shift["priorities"] = [1, 2]
            }
        case "sharing":
            change(&document, "teams") { team, random in
                team["assignment"] = ["queue", "round_robin", "least_loaded"].randomElement(using: &random)
                team["capacity"] = Int.random(in: 1...12, using: &random)
            }
        case "secrecy":
            change(&document, "teams") { team, _ in team["confidential"] = !(team["confidential"] as? Bool ?? false) }
        case "places":
            let sites = (document["sites"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
            change(&document, "teams") { team, random in
                let served = sites.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
                if !served.isEmpty { team["sites"] = served }
            }
        case "rosters": editRoster(&document)
        case "leaves": remove(from: &document, "people")
        case "returns": document["people"] = original("people")
        case "reopens": for part in ["teams", "positions", "people"] { document[part] = original(part) }
        default:
            // A team that is closed down goes with its positions.
            let teams = document["teams"] as? [[String: Any]] ?? []
            guard let gone = teams.randomElement(using: &random)?["code"] as? String else { return }
            close(gone, in: &document)
        }
    }

    private func change(
        _ document: inout [String: Any], _ name: String, _ edit: (inout [String: Any], inout Seed) -> Void
    ) {
        var list = document[name] as? [[String: Any]] ?? []
        guard let place = list.indices.randomElement(using: &random) else { return }
        edit(&list[place], &random)
        document[name] = list
    }

    private func remove(from document: inout [String: Any], _ name: String) {
        var list = document[name] as? [[String: Any]] ?? []
        guard let place = list.indices.randomElement(using: &random) else { return }
        list.remove(at: place)
        document[name] = list
    }

    private func original(_ name: String) -> [[String: Any]] {
        let text = documents.first?.json.text ?? "{}"
        let read = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return read?[name] as? [[String: Any]] ?? []
    }

    private func close(_ team: String, in document: inout [String: Any]) {
        func without(_ name: String, _ isGone: ([String: Any]) -> Bool) -> [[String: Any]] {
            (document[name] as? [[String: Any]] ?? []).filter { !isGone($0) }
        }
        let positions = (document["positions"] as? [[String: Any]] ?? []).filter { $0["team"] as? String == team }
            .compactMap { $0["code"] as? String }
        document["teams"] = without("teams") { $0["code"] as? String == team }
        document["positions"] = without("positions") { $0["team"] as? String == team }
        document["people"] = (document["people"] as? [[String: Any]] ?? []).map { person in
            var person = person
            person["positions"] = (person["positions"] as? [String] ?? []).filter { !positions.contains($0) }
            return person
        }
    }
}
