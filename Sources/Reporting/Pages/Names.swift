import Catalogue
import Desk
import DeskStore
import JSON

/// What people and programs call the keys by which figures are grouped.
struct Names {
    let directory: Directory
    let wording: Wording

    /// As people say it; "None" for tickets that have no such thing.
    func name(of key: String?, in split: Split) -> String {
        guard let key else { return wording(.none) }
        guard let number = Int64(key) else { return wording(.kind, key) }
        return switch split {
        case .site: directory.site(SiteID(number))?.name ?? directory.code(of: SiteID(number))
        case .tier: wording(.tier, number)
        case .team: team(number)
        case .supplier: supplier(number)
        case .category:
            directory.category(CategoryID(number))?.name(in: wording.language.tag)
                ?? directory.categories.code(of: CategoryID(number))
        case .kind: key
        }
    }

    /// As programs know it: the code that the organisation has given it.
    func code(of key: String?, in split: Split) -> String? {
        guard let key, let number = Int64(key) else { return key }
        return switch split {
        case .site: directory.code(of: SiteID(number))
        case .team: directory.teams.code(of: TeamID(number))
        case .supplier: directory.suppliers.code(of: SupplierID(number))
        case .category: directory.categories.code(of: CategoryID(number))
        case .tier, .kind: key
        }
    }

    /// What whoever did some work is called. In a table of the desk's own the work of suppliers has a line of its own,
    /// and in theirs that of the desk.
    func name(ofWorkBy key: String?, in split: Split) -> String {
        switch (split, key) {
        case (.tier, nil), (.team, nil): wording(.reportSuppliers)
        case (.supplier, nil): wording(.reportOwnTeams)
        default: name(of: key, in: split)
        }
    }

    /// The code and the name of a group for programs.
    func json(of key: String?, in split: Split) -> JSON {
        .object(["key": code(of: key, in: split), "name": name(of: key, in: split)])
    }

    func json(ofWorkBy key: String?, in split: Split) -> JSON {
        .object(["key": code(of: key, in: split), "name": name(ofWorkBy: key, in: split)])
    }

    func name(of party: PartyTime) -> String {
        switch (party.holder, party.party) {
        case (.team, let tier?): wording(.tier, tier)
        case (.supplier, let supplier?): self.supplier(supplier)
        default: wording(.holder, party.holder.rawValue)
        }
    }

    /// The number of a tier, or the code of a supplier.
    func code(of party: PartyTime) -> String? {
        switch (party.holder, party.party) {
        case (.team, let tier?): String(tier)
        case (.supplier, let supplier?): directory.suppliers.code(of: SupplierID(supplier))
        default: nil
        }
    }

    func name(of held: HeldTime) -> String {
        switch (held.holder, held.party) {
        case (.team, let team?): self.team(team)
        case (.supplier, let supplier?): self.supplier(supplier)
        default: wording(.holder, held.holder.rawValue)
        }
    }

    func code(of held: HeldTime) -> String? {
        switch (held.holder, held.party) {
        case (.team, let team?): directory.teams.code(of: TeamID(team))
        case (.supplier, let supplier?): directory.suppliers.code(of: SupplierID(supplier))
        default: nil
        }
    }

    func name(of team: TeamID) -> String { self.team(team.rawValue) }
    func code(of team: TeamID) -> String { directory.teams.code(of: team) }

    /// Hundredths of a currency as people write them; a dash where nothing is known of costs.
    func money(_ hundredths: Double?, _ currency: String?) -> String {
        guard let hundredths, let currency else { return "–" }
        return wording.number(hundredths / 100, decimals: 2) + "\u{A0}" + currency
    }

    /// The same to a whole, which is enough where it is large, and may stand in two lines.
    func roundedMoney(_ hundredths: Int, _ currency: String?) -> String {
        currency.map { wording.number(Double(hundredths) / 100, decimals: 0) + " " + $0 } ?? "–"
    }

    private func team(_ key: Int64) -> String {
        directory.team(TeamID(key))?.name ?? directory.teams.code(of: TeamID(key))
    }

    private func supplier(_ key: Int64) -> String {
        directory.supplier(SupplierID(key))?.name ?? directory.suppliers.code(of: SupplierID(key))
    }
}

extension Split {
    /// What a breakdown is called.
    var phrase: Catalogue.Phrase {
        switch self {
        case .site: .reportBySite
        case .tier: .reportByTier
        case .team: .reportByTeam
        case .supplier: .reportBySupplier
        case .kind: .reportByKind
        case .category: .reportByCategory
        }
    }
}
