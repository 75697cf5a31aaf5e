import Desk
import DeskStore
import JSON
import Moments
import Runtime

/// Who is asking: one person with several addresses.
extension Command {
    static let personShow = Command(
        words: ["person", "show"], summary: "Show what the desk knows of a person, and who may be the same one",
        operands: ["ADDRESS"], options: [.data, .json]
    ) { invocation in
        try await withPerson(invocation) { card, store in
            let directory = try await store.directory()
            let twins = try await store.twins(of: card.id)
            if invocation.has("--json") {
                var object = card.json(in: directory).object ?? JSONObject()
                object["twins"] = twins.map { $0.addresses.first }.json
                Terminal.write(JSON.object(object).text, to: .output)
                return
            }
            var rows = card.rows(in: directory)
            for twin in twins { rows.append(["perhaps the same", twin.addresses.joined(separator: ", ")]) }
            Terminal.write(Table.text(headings: ["person", card.name], rows: rows), to: .output)
        }
    }

    static let personFind = Command(
        words: ["person", "find"], summary: "List the people whose name or address begins so", operands: ["WORDS"],
        options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            let directory = try await store.directory()
            let found = try await store.cards(beginning: invocation.operand(0) ?? "", limit: 50)
            if invocation.has("--json") {
                Terminal.write(JSON.array(found.map { $0.json(in: directory) }).text, to: .output)
            } else {
                let rows = found.map { [$0.addresses.joined(separator: " "), $0.name, $0.personClass] }
                Terminal.write(Table.text(headings: ["addresses", "name", "class"], rows: rows), to: .output)
            }
            return .success
        }
    }

    static let personChange = Command(
        words: ["person", "change"], summary: "Change what the desk knows of a person",
        details:
            "Of those whom the organisation document names, the document says it, and the next apply sets it again.",
        operands: ["ADDRESS"],
        options: [
            .value("--name", "NAME", "what he is called"), .value("--language", "TAG", "such as nb"),
            .value("--class", "CODE", "as what he is served, such as vip; standard for most"),
            .value("--home-site", "CODE", "his home; - for none"),
            .value("--organisation", "NAME", "the organisation or department he belongs to; - for none"),
            .value("--relation", "WORD", "internal or external"),
            .value("--primary", "ADDRESS", "which of his addresses mail goes to"), .data,
        ]
    ) { invocation in
        var changes = PersonChanges()
        (changes.name, changes.language) = (invocation.value("--name"), invocation.value("--language"))
        changes.personClass = invocation.value("--class")
        changes.organisation = invocation.value("--organisation").map { $0 == "-" ? nil : $0 }
        changes.relation = try invocation.word("--relation", as: PersonCard.Relation.self).map { $0 }
        let (home, primary) = (invocation.value("--home-site"), invocation.value("--primary"))
        guard changes != PersonChanges() || home != nil || primary != nil else {
            throw CommandFault("there is nothing to change.", advice: "--class vip", status: .usage)
        }
        return try await withPerson(invocation) { [changes] card, store in
            var changes = changes
            if let home {
                let site = try await store.directory().sites[home]
                guard home == "-" || site != nil else {
                    throw CommandFault("there is no site \(home).", advice: "deskctl export", status: .usage)
                }
                changes.homeSite = .some(site)
            }
            try await store.change(card.id, changes, by: .program)
            if let primary { try await store.choose(primary: primary, of: card.id, by: .program) }
        }
    }

    static let personAddAddress = Command(
        words: ["person", "add-address"], summary: "Give a person one more address", operands: ["ADDRESS", "NEW"],
        options: [.data]
    ) { invocation in
        let new = invocation.operand(1) ?? ""
        guard new.contains("@") else {
            throw CommandFault(
                "\"\(new)\" is no mail address.", advice: "one such as kari@example.org.", status: .usage)
        }
        return try await withPerson(invocation) { try await $1.add(address: new, to: $0.id, by: .program) }
    }

    static let personRemoveAddress = Command(
        words: ["person", "remove-address"], summary: "Take an address away from the person who has it",
        operands: ["ADDRESS"], options: [.data]
    ) { invocation in
        let address = invocation.operand(0) ?? ""
        return try await withPerson(invocation) { try await $1.remove(address: address, of: $0.id, by: .program) }
    }

    static let personMerge = Command(
        words: ["person", "merge"], summary: "Make two people one: everything of the first goes to the second",
        details: """
            Tickets, addresses, entries, marks, notices, positions and roles follow, and the first one is signed out. \
            It cannot be undone. Two who are one already stay so.
            """, operands: ["GONE", "KEPT"], options: [.data, .json]
    ) { invocation in
        try await withPerson(invocation) { gone, store in
            let kept = try await store.typed(invocation.operand(1) ?? "")
            let survivor = try await store.merge(gone.id, into: kept.id, by: .program, cause: "deskctl person merge")
            guard let card = try await store.card(of: survivor) else { return }
            let answer =
                invocation.has("--json")
                ? card.json(in: try await store.directory()).text
                : "\(card.name): \(card.addresses.joined(separator: ", "))"
            Terminal.write(answer, to: .output)
        }
    }

    /// Runs a command about the person at the address that is its first operand; what cannot be is told as it is.
    static func withPerson(
        _ invocation: Invocation, _ body: @escaping @Sendable (PersonCard, DeskStore) async throws -> Void
    ) async throws -> ExitStatus {
        try await DeskConnection(invocation).withStore { store in
            do {
                try await body(try await store.typed(invocation.operand(0) ?? ""), store)
            } catch let fault as UnfitAddress {
                throw CommandFault(fault.description, advice: "deskctl person show", status: .data)
            } catch let fault as UnfitAbsence {
                throw CommandFault(fault.description, advice: "deskctl person absences", status: .data)
            } catch let fault as UnfitRosterEntry {
                throw CommandFault(fault.description, advice: "deskctl position holders", status: .data)
            }
            return .success
        }
    }
}

extension PersonCard {
    func json(in directory: Directory) -> JSON {
        .object([
            "name": name, "addresses": addresses.json, "language": language, "class": personClass,
            "home_site": homeSite.map { directory.code(of: $0) }, "organisation": organisation,
            "relation": relation?.rawValue, "works_at_the_desk": isColleague, "left_at": leftAt?.rfc3339,
        ])
    }

    fileprivate func rows(in directory: Directory) -> [[String]] {
        [
            ["addresses", addresses.joined(separator: ", ")], ["language", language], ["class", personClass],
            ["home site", homeSite.map { directory.code(of: $0) } ?? "-"], ["organisation", organisation ?? "-"],
            ["relation", relation?.rawValue ?? "not known"], ["works at the desk", isColleague ? "yes" : "no"],
        ]
    }
}
