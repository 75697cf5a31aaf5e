import Desk
import JSON
import TimeZones

/// An organisation as large as large ones are: fifty sites, four hundred teams, five hundred rules.
enum LargeOrganisation {
    static let sites = (10..<60).map { "S\($0)" }
    private static let teamsOfSite = 8
    private static let skills = ["network", "workplace", "printing", "mail", "accounts", "platform"]

    static func make(_ zones: TimeZones) throws -> Organisation {
        try Organisation(json: document) { try zones.zone($0) }
    }

    /// Words that the rules look for; tickets are made of them and of others.
    static func word(_ rule: Int) -> String { "term\(rule)x" }

    private static var document: JSON {
        var object = JSONObject()
        object["name"] = "Large".json
        object["default_site"] = sites[0].json
        object["tiers"] = .array((1...3).map { .object(["level": $0, "name": "Line \($0)"]) })
        object["calendars"] = .object(JSONObject(sites.map { (calendar(of: $0), hours) }))
        object["sites"] = .array(sites.enumerated().map(site))
        object["teams"] = .array(sites.flatMap(teams))
        object["positions"] = .array(sites.flatMap(positions))
        object["categories"] = .array(
            (0..<60).map { .object(["code": "c\($0)", "names": JSON.object(["en": "C\($0)"])]) })
        object["targets"] = .array(targets)
        object["routing"] = .array(rules)
        return .object(object)
    }

    private static func calendar(of site: String) -> String { "hours-\(site.lowercased())" }

    /// Open on every day, but by hours, so that clocks have to be counted.
    private static var hours: JSON {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let day = JSON.array([.array(["00:00", "12:00"]), .array(["12:00", "24:00"])])
        return .object([
            "zone": "Europe/Oslo", "weekly": JSON.object(JSONObject(days.map { ($0, day) })),
        ])
    }

    private static func site(_ index: Int, _ code: String) -> JSON {
        .object([
            "code": code, "name": "Site \(code)", "zone": "Europe/Oslo", "locale": "en-GB", "languages": ["en"],
            "calendar": calendar(of: code), "addresses": ["help@\(code.lowercased()).example"],
            "reply_domain": "desk.example", "intake": "\(code.lowercased())-0-agent",
            "served_by": [sites[(index + 1) % sites.count], sites[(index + 2) % sites.count]],
        ])
    }

    private static func teams(of site: String) -> [JSON] {
        (0..<teamsOfSite).map { number in
            .object([
                "code": "\(site.lowercased())-\(number)", "name": "Team \(number) of \(site)", "sites": [site],
                "tier": number < 2 ? 1 : 2, "languages": ["en"],
                "skills": number < 2 ? [] : [skills[number - 2]],
            ])
        }
    }

    private static func positions(of site: String) -> [JSON] {
        (0..<teamsOfSite).flatMap { number in
            ["agent", "lead"].map { post in
                .object([
                    "code": "\(site.lowercased())-\(number)-\(post)", "name": "Post",
                    "team": "\(site.lowercased())-\(number)", "leads": post == "lead",
                ])
            }
        }
    }

    private static var targets: [JSON] {
        [("first_response", "4h"), ("resolution", "24h")].map { measure, length in
            .object(["name": measure, "measure": measure, "within": length, "calendar": "holder"])
        }
    }

    /// Most rules look for words; the others place the ticket by what these found, at the second line of its site.
    private static var rules: [JSON] {
        let words = (0..<440).map { number in
            rule(
                "words \(number)", ["words": [word(number), "more \(word(number))", "\(word(number))y*"]],
                then: ["category": "c\(number % 60)", "urgency": 1 + number % 3])
        }
        let placing = (0..<59).map { number in
            rule(
                "place \(number)", ["categories": ["c\(number)"], "kinds": ["incident"], "channels": ["web", "mail"]],
                then: ["tier": 2, "skill": skills[number % skills.count]])
        }
        return words + placing + [rule("everything else", nil, then: ["tier": 1])]
    }

    private static func rule(
        _ name: String, _ condition: KeyValuePairs<String, any JSONValue>?, then: KeyValuePairs<String, any JSONValue>
    ) -> JSON {
        var object = JSONObject([("name", name.json), ("then", .object(then))])
        object["when"] = condition.map { .object($0) }
        return .object(object)
    }
}
