import Foundation
import SeedTestSupport

/// An organisation made up from a seed: any number of sites in any zones, as many tiers as it likes, sites that lean on
/// the desks of others, teams with hours of their own.
struct InventedOrganisation {
    private var random: Seed
    private var sites: [Place] = []
    /// Those that have a first line of their own.
    private var hosts: [Place] = []
    private var tiers = 1
    private var calendars: [String: Any] = ["always": Self.calendar("UTC", "24x7")]
    private var teams: [[String: Any]] = []
    private var positions: [[String: Any]] = []
    private var people: [[String: Any]] = []

    private struct Place {
        let code: String
        let zone: String
        let language: String

        init(_ code: String, _ zone: String, _ language: String = "en") {
            (self.code, self.zone, self.language) = (code, zone, language)
        }

        var calendar: String { "\(code.lowercased())-office" }
    }

    private static let places = [
        Place("LIS", "Europe/Lisbon"), Place("NYC", "America/New_York"), Place("SAO", "America/Sao_Paulo"),
        Place("KTM", "Asia/Kathmandu"), Place("ADL", "Australia/Adelaide"), Place("AKL", "Pacific/Auckland"),
        Place("HEL", "Europe/Helsinki", "sv"), Place("TOS", "Europe/Oslo", "nb"),
        Place("RTM", "Europe/Amsterdam", "nl"), Place("GDN", "Europe/Warsaw", "pl"), Place("CAI", "Africa/Cairo"),
        Place("LHR", "Europe/London"), Place("LDH", "Australia/Lord_Howe"),
    ]
    private static let skills = ["network", "printing", "accounts", "platform", "buildings"]

    /// - Parameter supplierPort: where suppliers listen, on this machine.
    static func text(_ seed: Seed, supplierPort: UInt16) throws -> String {
        var invention = InventedOrganisation(random: seed)
        invention.make()
        let document = invention.document(supplierPort)
        let data = try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .prettyPrinted])
        return String(decoding: data, as: UTF8.self)
    }

    private init(random: Seed) { self.random = random }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func make() {
        sites = Array(Self.places.shuffled(using: &random).prefix(Int.random(in: 2...7, using: &random)))
        tiers = Int.random(in: 1...4, using: &random)
        for site in sites { calendars[site.calendar] = hours(of: site) }
        for site in sites where hosts.isEmpty || chance(65) { hosts.append(site) }
        for host in hosts { addTeam("\(host.code.lowercased())-first", 1, at: [host.code]) }
        for site in sites where !hosts.contains(where: { $0.code == site.code }) { lean(site) }
        for tier in 1...tiers where tier > 1 {
            for number in 1...Int.random(in: 1...3, using: &random) {
                let served = sites.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)).map(\.code)
                addTeam("tier-\(tier)-\(number)", tier, at: served)
            }
        }
        people.append([
            "email": "manager@invented.example", "name": "A manager", "positions": [String](), "roles": ["manager"],
            "site": sites[0].code, "language": "en",
        ])
    }

    /// A site without a first line has that of another one.
    private mutating func lean(_ site: Place) {
        guard let place = hosts.indices.randomElement(using: &random) else { return }
        teams[place]["sites"] = (teams[place]["sites"] as? [String] ?? []) + [site.code]
    }

    private mutating func hours(of site: Place) -> [String: Any] {
        let opens = Int.random(in: 6...10, using: &random)
        let day: [[String]] =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: [["\(Self.two(opens)):00", "12:00"], ["12:45", "\(Self.two(opens + 9)):15"]]
            case 1: [["20:00", "\(Self.two(opens)):00"]]
            default: [["\(Self.two(opens)):30", "\(Self.two(opens + 8)):00"]]
            }
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].prefix(Int.random(in: 4...7, using: &random))
        return Self.calendar(site.zone, Dictionary(uniqueKeysWithValues: days.map { ($0, day) }))
    }

    private static func two(_ number: Int) -> String { String(format: "%02d", number) }

    private static func calendar(_ zone: String, _ weekly: Any) -> [String: Any] {
        ["zone": zone, "weekly": weekly, "holidays": [String](), "special": [String: Any]()]
    }

    private mutating func addTeam(_ code: String, _ tier: Int, at served: [String]) {
        var team: [String: Any] = [
            "code": code, "name": "Team \(code)", "sites": served, "tier": tier, "languages": ["en"],
            "skills": Self.skills.shuffled(using: &random).prefix(2).sorted(),
        ]
        if chance(25) { team["calendar"] = calendars.keys.sorted().randomElement(using: &random) }
        if tier > 1, chance(20) { team["confidential"] = true }
        teams.append(team)
        positions.append(["code": "\(code)-agent", "name": "\(code): agent", "team": code])
        positions.append(["code": "\(code)-lead", "name": "\(code): lead", "team": code, "leads": true])
        for number in 0...Int.random(in: 1...3, using: &random) {
            let role: [String: Any] = ["role": "agent", "site": served[0]]
            people.append([
                "email": "\(code)-\(number)@invented.example", "name": "Number \(number) of \(code)",
                "site": served[0], "language": "en", "positions": [number == 0 ? "\(code)-lead" : "\(code)-agent"],
                "roles": [role],
            ])
        }
    }
}

extension InventedOrganisation {
    fileprivate mutating func document(_ supplierPort: UInt16) -> [String: Any] {
        var document: [String: Any] = [
            "name": "Invented \(random.number)", "default_site": sites[0].code, "modules": [String](),
            "tiers": (1...tiers).map { ["level": $0, "name": "Line \($0)"] as [String: Any] },
            "calendars": calendars, "sites": siteList, "teams": teams, "positions": positions, "people": people,
            "categories": Self.skills.map { ["code": $0, "names": ["en": $0]] as [String: Any] },
            "priorities": [[1, 2, 3], [2, 3, 4], [3, 4, 5]],
            "process": ["closes_after_days": 5, "reopens_within_days": 12],
        ]
        document["targets"] = targets()
        document["routing"] = routing()
        document["suppliers"] = suppliers(supplierPort)
        let relays = sites.filter { _ in chance(50) }.map(\.code)
        if relays.count > 1 {
            document["shifts"] = [
                [
                    "name": "Around the world", "kinds": ["incident"], "priorities": [1, 2], "sites": relays,
                    "action": chance(50) ? "offer" : "hand_over", "lead": "15m",
                ] as [String: Any]
            ]
        }
        return document
    }

    private var siteList: [[String: Any]] {
        sites.map { site in
            let intake = teams.first { ($0["sites"] as? [String] ?? []).contains(site.code) }?["code"] as? String
            return [
                "code": site.code, "name": "Office \(site.code)", "zone": site.zone, "locale": site.language,
                "languages": [site.language], "calendar": site.calendar,
                "addresses": ["help@\(site.code.lowercased()).invented.example"], "reply_domain": "invented.example",
                "intake": "\(intake ?? "")-agent", "served_by": sites.map(\.code).filter { $0 != site.code },
            ]
        }
    }

    private mutating func targets() -> [[String: Any]] {
        let measures = ["first_response", "resolution", "update", "time_box", "team", "callback", "question"]
        return measures.flatMap { measure -> [[String: Any]] in
            (1...2).compactMap { number in
                guard chance(75) else { return nil }
                var target: [String: Any] = [
                    "name": "\(measure) \(number)", "measure": measure,
                    "within": "\(Int.random(in: 10...1500, using: &random))m",
                    "calendar": ["holder", "origin", "requester", "always"].randomElement(using: &random) ?? "holder",
                ]
                if number == 1 { target["priorities"] = [1, 2] }
                if chance(40) {
                    target["warning_percents"] = [50, 90]
                    target["escalate"] = [["percent": 100, "to": "lead"], ["percent": 200, "to": "organisation"]]
                }
                return target
            }
        }
    }

    private mutating func routing() -> [[String: Any]] {
        var rules: [[String: Any]] = []
        for skill in Self.skills {
            let able = teams.filter { ($0["skills"] as? [String] ?? []).contains(skill) }
            guard let team = able.randomElement(using: &random), let code = team["code"] else { continue }
            rules.append(["name": "What is about \(skill)", "when": ["categories": [skill]], "then": ["team": code]])
        }
        rules.append(["name": "Everything else", "then": ["tier": 1]])
        return rules
    }

    private mutating func suppliers(_ port: UInt16) -> [[String: Any]] {
        (1...Int.random(in: 1...3, using: &random)).map { number in
            [
                "code": "supplier-\(number)", "name": "Supplier \(number)", "connector": "webhook",
                "url": "http://127.0.0.1:\(port)/supplier-\(number)/events",
                "secrets": [
                    "outgoing": ["secret": "supplier-\(number)-outgoing"],
                    "incoming": ["secret": "supplier-\(number)-incoming"],
                ],
                "categories": [Self.skills[number]], "fields": ["subject", "kind", "priority", "note"],
                "contact": "noc@supplier-\(number).example",
                "contract": ["acknowledges_within": "\(number)h", "resolves_within": "\(number * 7)h"],
            ]
        }
    }
}
