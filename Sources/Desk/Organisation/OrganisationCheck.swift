import JSON

/// What only the whole document shows: parts that are there and right, but do not fit one another.
struct OrganisationCheck {
    private let organisation: Organisation

    init(_ organisation: Organisation) { self.organisation = organisation }

    func run(_ faults: inout JSONFaults) {
        checkTiers(&faults)
        checkCalendars(&faults)
        checkSites(&faults)
        checkTeams(&faults)
        checkRosters(&faults)
        checkCategories(&faults)
        checkRules(&faults)
        organisation.rates?.check(levels: Set(organisation.tiers.map(\.level)), &faults)
        AutomationCheck(organisation).run(&faults)
    }

    private func checkTiers(_ faults: inout JSONFaults) {
        var seen: Set<Int> = []
        for (index, tier) in organisation.tiers.enumerated() where !seen.insert(tier.level).inserted {
            faults.add(
                JSONPointer(["tiers", "\(index)", "level"]), "stands twice: another tier has the level \(tier.level)")
        }
        for (index, team) in organisation.teams.enumerated() where !seen.contains(team.tier) {
            faults.add(JSONPointer(["teams", "\(index)", "tier"]), "there is no tier \(team.tier)")
        }
    }

    private func checkCalendars(_ faults: inout JSONFaults) {
        for (code, calendar) in organisation.calendars.sorted(by: { $0.key < $1.key }) {
            let pointer = JSONPointer(["calendars", code])
            if Target.CalendarPolicy.words.contains(code) {
                faults.add(pointer, "has a name that targets use for something else; choose another")
            }
            if calendar.isNeverOpen { faults.add(pointer, "never opens; give it weekly hours") }
            if calendar.weekly == .always,
                !calendar.holidays.isEmpty || !calendar.special.isEmpty || calendar.holidayFeed != nil
            {
                faults.add(
                    pointer.appending("weekly"),
                    "is never closed, so that holidays and special days say nothing; leave them out, or write each day "
                        + "as [[\"00:00\",\"24:00\"]]")
            }
        }
    }

    private func checkSites(_ faults: inout JSONFaults) {
        var owners: [String: String] = [:]
        for (index, site) in organisation.sites.enumerated() {
            let pointer = JSONPointer(["sites", "\(index)"])
            for (place, address) in site.addresses.enumerated() {
                if let owner = owners.updateValue(site.code, forKey: address) {
                    faults.add(
                        pointer.appending("addresses").appending(place),
                        "stands twice: \(owner) has this address already")
                }
            }
            site.letters.check(at: pointer.appending("letters"), &faults)
            if site.servedBy.contains(site.code) {
                faults.add(pointer.appending("served_by"), "must name other sites than the site itself")
            }
            guard let intake = organisation.position(site.intake), let team = organisation.team(intake.team) else {
                continue
            }
            if !team.serves(site.code), Set(team.sites).isDisjoint(with: site.servedBy) {
                faults.add(
                    pointer.appending("intake"),
                    "is a position of the team \"\(team.code)\", which works neither for \(site.code) nor for a site "
                        + "that serves it")
            }
        }
    }

    private func checkTeams(_ faults: inout JSONFaults) {
        for (index, team) in organisation.teams.enumerated() where organisation.workingPosition(of: team) == nil {
            faults.add(
                JSONPointer(["teams", "\(index)"]),
                "has no position; nobody would answer for its tickets. Add a position with \"team\":\"\(team.code)\"")
        }
    }

    private func checkRosters(_ faults: inout JSONFaults) {
        if organisation.positions.allSatisfy(\.roster.isEmpty) { return }
        var holders: [String: Set<String>] = [:]
        for person in organisation.people {
            for position in person.positions { holders[position, default: []].insert(person.email) }
        }
        for (index, position) in organisation.positions.enumerated() {
            for (line, entry) in position.roster.enumerated()
            where holders[position.code]?.contains(entry.person) != true {
                faults.add(
                    JSONPointer(["positions", "\(index)", "roster", "\(line)", "person"]),
                    "does not hold the position; add \"\(position.code)\" to the person's positions")
            }
        }
    }

    private func checkCategories(_ faults: inout JSONFaults) {
        for (index, category) in organisation.categories.enumerated() {
            var next = category.parent
            for _ in organisation.categories {
                guard let code = next, code != category.code else { break }
                next = organisation.category(code)?.parent
            }
            if next == category.code {
                faults.add(
                    JSONPointer(["categories", "\(index)", "parent"]), "goes round in a circle back to this category")
            }
        }
    }

    private func checkRules(_ faults: inout JSONFaults) {
        let skills = Set(organisation.teams.flatMap(\.skills))
        let levels = Set(organisation.tiers.map(\.level))
        for (index, rule) in organisation.routing.rules.enumerated() {
            let pointer = JSONPointer(["routing", "\(index)", "then"])
            if let skill = rule.result.skill, !skills.contains(skill) {
                let meant = NearestWord.to(skill, among: skills.sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
                faults.add(pointer.appending("skill"), "no team has the skill \"\(skill)\"\(meant)")
            }
            if let tier = rule.result.tier, !levels.contains(tier) {
                faults.add(pointer.appending("tier"), "there is no tier \(tier)")
            }
        }
    }
}
