import Desk
import JSON
import Moments
import Testing

@Suite("Automation rules")
struct AutomationRuleTests {
    private func organisation(_ rules: JSON, macros: JSON = .array([])) throws -> Organisation {
        guard case .object(var document) = try ExampleOrganisation.document() else { throw JSONFaults() }
        document["automation"] = rules
        document["macros"] = macros
        return try ExampleOrganisation.read(.object(document))
    }

    private func faults(_ rules: JSON, macros: JSON = .array([])) -> [String] {
        do {
            _ = try organisation(rules, macros: macros)
            return []
        } catch let faults as JSONFaults {
            return faults.list.map { "\($0.pointer) \($0.detail)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("A document says the same after it was read and written")
    func roundTrip() throws {
        let rules: JSON = [
            [
                "name": "A", "on": ["routed", "deadline_missed"], "by": ["program"], "measures": ["resolution"],
                "when": ["kinds": ["incident"], "teams": ["osl-first"], "tags": ["x"], "older_than": "2h"],
                "do": [
                    ["priority": ["to": 1, "because": ["en": "{number} matters"]]], ["add_tags": ["y"]],
                    ["remove_tags": ["x"]], ["assign": ["team": "osl-first"]],
                    ["hand_over": ["to": ["position": "osl-first-agent"], "note": ["en": "n"]]],
                    ["note": ["en": "n"]], ["message": ["en": "m", "nb": "m"]],
                    ["tell": ["level": "lead", "text": ["en": "t"]]],
                    ["escalate": ["level": "site", "because": "lacks_people"]], ["hold": [:]], ["resume": true],
                    ["category": "vpn"], ["macro": "m"],
                ],
            ],
            [
                "name": "B", "enabled": false,
                "after": ["wait": "72h", "while": ["waiting_requester"], "since": "update", "hours": "team"],
                "do": [["resolve": ["outcome": "withdrawn", "text": ["en": "Silence."]]]],
            ],
        ]
        let macros: JSON = [["code": "m", "labels": ["en": "M"], "do": [["ask": ["en": "Well?"]]]]]
        let read = try organisation(rules, macros: macros)
        #expect(read.json["automation"] == rules && read.json["macros"] == macros)
        let again = try ExampleOrganisation.read(read.json)
        #expect(again == read)
    }

    @Test(
        "What can never be so is refused with its place",
        arguments: [
            (#"{"name":"A","do":[{"note":{"en":"x"}}]}"#, "/automation/0 is never asked"),
            (
                #"{"name":"A","after":{"wait":"1h"},"do":[{"note":{"en":"x"}}]}"#,
                "/automation/0/after/while is required"
            ),
            (#"{"name":"A","on":["automated"],"do":[{"note":{"en":"x"}}]}"#, "/automation/0/on/0 must be one of"),
            (
                #"{"name":"A","on":["routed"],"do":[{"hand_over":{"to":{"team":"osl-frist"},"note":{"en":"x"}}}]}"#,
                "/automation/0/do/0/hand_over/to/team there is no team \"osl-frist\"; did you mean \"osl-first\"?"
            ),
            (
                #"{"name":"A","on":["routed"],"do":[{"note":{"en":"{numbre}"}}]}"#,
                "/automation/0/do/0/note/en has an unknown field \"{numbre}\""
            ),
            (
                #"{"name":"A","on":["routed"],"when":{"tag":["x"]},"do":[{"resume":true}]}"#,
                "/automation/0/when/tag is unknown; did you mean \"tags\"?"
            ),
            (
                #"{"name":"A","on":["routed"],"when":{"tags":["x"],"without_tags":["x"]},"do":[{"resume":true}]}"#,
                "/automation/0/when/without_tags forbids every tag"
            ),
            (
                #"{"name":"A","on":["routed"],"when":{"teams":["osl-first"],"tiers":[2]},"do":[{"resume":true}]}"#,
                "/automation/0/when/tiers holds the tier of none"
            ),
            (
                #"{"name":"A","after":{"wait":"1h","while":["new"]},"when":{"states":["closed"]},"#
                    + #""do":[{"note":{"en":"x"}}]}"#,
                "/automation/0/when/states holds none of the states"
            ),
            (
                #"{"name":"A","after":{"wait":"1h","while":["closed"]},"do":[{"ask":{"en":"x"}}]}"#,
                "/automation/0/do/0 is not possible while the ticket is closed"
            ),
            (
                #"{"name":"A","on":["routed"],"do":[{"resolve":{"outcome":"solved"}},{"ask":{"en":"x"}}]}"#,
                "/automation/0/do/1 comes after \"resolve\""
            ),
            (
                #"{"name":"A","on":["routed"],"do":[{"note":{"en":"x"},"resume":true}]}"#,
                "/automation/0/do/0 must do one thing"
            ),
            (
                #"{"name":"A","on":["routed"],"measures":["team"],"do":[{"note":{"en":"x"}}]}"#,
                "/automation/0/measures concerns deadline_near"
            ),
        ])
    func impossible(rule: String, expected: String) throws {
        let found = faults(.array([try JSON.parse(rule)]))
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test("All faults are told at once, a name that stands twice among them, and a macro that runs itself")
    func allAtOnce() throws {
        let rule: JSON = ["name": "A", "on": ["routed"], "do": [["macro": "m"]]]
        let found = faults(
            [rule, rule],
            macros: [
                ["code": "m", "labels": ["en": "M"], "do": [["macro": "n"]]],
                ["code": "n", "labels": ["en": "N"], "do": [["macro": "m"]]],
            ])
        #expect(found.count == 3, "\(found)")
    }

    @Test("Who did something decides which rules are asked")
    func origins() {
        let rule = AutomationRule(
            name: "A", trigger: .event(AutomationRule.Occurrence([.messageSent], by: [.agent])), actions: [])
        let automation = Automation(rules: [rule])
        let event = Ticket.Event.messageSent(EntryID(1))
        #expect(automation.listeners(to: event, by: .agent) == ["A"])
        #expect(automation.listeners(to: event, by: .automation).isEmpty)
        #expect(automation.listeners(to: .resumed, by: .agent).isEmpty)
        #expect(AutomationRule.Origin(.person(Sample.requester), requester: Sample.requester) == .requester)
        #expect(AutomationRule.Origin(.person(Sample.kari), requester: Sample.requester) == .agent)
    }

    @Test("A rule begins to wait when the ticket comes into its states, and ceases when it leaves them")
    func timers() throws {
        func rule(_ name: String, since: AutomationRule.Since, while states: Ticket.State...) -> AutomationRule {
            let wait = AutomationRule.Wait(seconds: 3600, while: states, since: since)
            return AutomationRule(name: name, trigger: .time(wait), actions: [])
        }
        let automation = Automation(rules: [
            rule("state", since: .state, while: .assigned, .inProgress),
            rule("update", since: .update, while: .assigned, .inProgress, .waitingRequester),
        ])
        let new = try Sample.ticket()
        #expect(automation.timers(from: nil, to: new).isEmpty)
        let assigned = try Sample.ticket(after: .routed(Sample.firstLine, rule: "r"))
        let begun = automation.timers(from: new, to: assigned).begun
        #expect(begun.map(\.rule) == ["state", "update"])
        #expect(begun.map(\.since) == [assigned.updatedAt, assigned.times.opened])
        var taken = assigned
        try taken.go(through: .taken(Sample.kari))
        #expect(automation.timers(from: assigned, to: taken).isEmpty)
        var asked = taken
        try asked.go(through: .requesterAsked(EntryID(2)))
        let next = automation.timers(from: taken, to: asked)
        #expect(next.ended == ["state"] && next.begun.map(\.rule) == ["update"])
    }
}
