import Desk
import DeskStore
import DeskTestSupport
import Moments
import Postgres
import PostgresTestSupport
import Routing
import RoutingTestSupport
import Runtime
import Testing

@Suite("Rules at work", .database(template: TestDesk.template))
struct AutomationTests {
    /// A desk with these rules, under the worker's own role for what the worker does.
    private func desk(_ rules: [[String: Any]]) async throws -> TestDesk {
        let desk = try TestDesk()
        let edited = try TestDesk.organisation {
            $0["automation"] = rules
            $0["macros"] = [[String: Any]]()
            $0["process"] = [String: Any]()
        }
        _ = try await desk.store.apply(edited, by: "the tests")
        return desk
    }

    private func drain(_ desk: TestDesk) async throws {
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    private func fire(_ desk: TestDesk) async throws -> Int {
        let worker = try TestDesk(as: "meridian_routing", time: desk.time)
        let fired = try await AutomationWatch(worker.store, sites: nil, metrics: Metrics(), log: .silent).fire()
        await worker.store.database.close()
        try await drain(desk)
        return fired
    }

    private func view(_ number: TicketNumber, _ desk: TestDesk) async throws -> TicketView {
        try #require(await desk.store.view(of: number, seeing: .desk, including: true))
    }

    private static func rule(
        _ name: String, on kinds: String..., when: [String: Any] = [:], do actions: [String: Any]...
    ) -> [String: Any] {
        ["name": name, "on": kinds, "when": when, "do": actions]
    }

    @Test("A rule does all that it says in one transaction, by its name, and the ticket tells why")
    func acts() async throws {
        let desk = try await desk([
            Self.rule(
                "Fire", on: "routed", when: ["words": ["fire"], "states": ["assigned"]],
                do: ["priority": ["to": 1, "because": ["en": "{number} burns"]]], ["add_tags": ["fire"]],
                ["message": ["en": "We run.", "nb": "Vi løper."]],
                ["tell": ["level": "site", "text": ["en": "Fire!"]]]),
            Self.rule("Water", on: "routed", when: ["words": ["water"]], do: ["add_tags": ["water"]]),
        ])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        let view = try await view(number, desk)
        #expect(view.ticket.classification.priority == .critical && view.ticket.classification.basis == .rule)
        #expect(view.ticket.classification.tags == ["fire"])
        #expect(view.priorityReason == "\(number) burns")
        let kinds = view.log.map(\.recorded.event.kind)
        #expect(kinds.suffix(5) == [.automated, .changed, .changed, .messageSent, .told])
        #expect(view.log.suffix(5).allSatisfy { $0.rule == "Fire" && $0.recorded.actor == .program })
        guard case .automated(let mark) = view.log[kinds.count - 5].recorded.event else { throw NotThere() }
        #expect(mark.source == .rule("Fire") && mark.trigger == .routed && mark.version == 2)
        #expect(mark.facts == [RoutingFinding(.state, "assigned"), RoutingFinding(.text, "fire")])
        #expect(view.entries.contains { $0.text == "Vi løper." && $0.visibility == .public })
        let letters = try await TestDatabase.current.all(
            "select audience from letter where kind = 'told'", as: String.self)
        #expect(letters == ["managers"])
    }

    private func stops(_ view: TicketView) -> [AutomationStop] {
        view.log.compactMap { line in
            if case .automationStopped(let stop) = line.recorded.event { stop } else { nil }
        }
    }

    /// The ticket after somebody has written a note on it and all rules were asked.
    private func noted(_ number: TicketNumber, on desk: TestDesk) async throws -> TicketView {
        let note = Note("A thought.", visibility: .internal)
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program, note: note)) {
            .noteAdded($0.entry ?? EntryID(0))
        }
        try await drain(desk)
        return try await view(number, desk)
    }

    @Test("Two rules that feed each other are cut when the first would run again, and the ticket and the desk say so")
    func pair() async throws {
        let desk = try await desk([])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        _ = try await self.desk([
            Self.rule(
                "Add", on: "note_added", "changed", when: ["without_tags": ["a"]], do: ["add_tags": ["a"]]),
            Self.rule("Remove", on: "changed", when: ["tags": ["a"]], do: ["remove_tags": ["a"]]),
        ])
        let view = try await noted(number, on: desk)
        #expect(stops(view) == [AutomationStop(rule: "Add", reason: .goesInCircles, chain: ["Add", "Remove"])])
        let last = view.log.suffix(5).map(\.recorded.event.kind)
        #expect(last == [.automated, .changed, .automated, .changed, .automationStopped])
        let told = try await desk.store.stoppedRules(since: TestDesk.monday - .seconds(1))
        #expect(told.map(\.rule) == ["Add"] && told.map(\.count) == [1])
    }

    @Test(
        "Two rules that undo one another at the same events are one circle: cut once and told once, of neither twice",
        arguments: [false, true])
    func undoing(turned: Bool) async throws {
        let desk = try await desk([])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        let pair = [
            Self.rule(
                "Add", on: "note_added", "changed", when: ["without_tags": ["a"]], do: ["add_tags": ["a"]],
                ["note": ["en": "Added."]]),
            Self.rule(
                "Remove", on: "note_added", "changed", when: ["tags": ["a"]], do: ["remove_tags": ["a"]],
                ["note": ["en": "Removed."]]),
        ]
        _ = try await self.desk(turned ? pair.reversed() : pair)
        let view = try await noted(number, on: desk)
        #expect(stops(view) == [AutomationStop(rule: "Add", reason: .goesInCircles, chain: ["Add", "Remove"])])
        #expect(view.entries.filter { $0.text == "Added." || $0.text == "Removed." }.count == 2)
        #expect(try await desk.store.stoppedRules(since: TestDesk.monday - .seconds(1)).map(\.count) == [1])
    }

    @Test("A rule that feeds itself runs once; many that feed each other come to an end, however many they are")
    func selfAndMany() async throws {
        let desk = try await desk([Self.rule("Self", on: "note_added", do: ["note": ["en": "Again."]])])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        let view = try await noted(number, on: desk)
        #expect(stops(view) == [AutomationStop(rule: "Self", reason: .goesInCircles, chain: ["Self"])])
        #expect(view.entries.filter { $0.text == "Again." }.count == 1)

        _ = try await self.desk(
            (0..<12).map { Self.rule("Echo \($0)", on: "note_added", do: ["note": ["en": "Echo."]]) })
        let loud = try await noted(number, on: desk)
        #expect(loud.entries.filter { $0.text == "Echo." }.count == Automation.mostRuns)
        #expect(stops(loud).last?.reason == .tooLong)
        let told = stops(loud).filter { $0.rule != "Self" }.map { "\($0.rule) \($0.reason)" }
        #expect(Set(told).count == told.count)
    }

    @Test("A chain of different rules is as long as it may be and no longer")
    func longChain() async throws {
        let desk = try await desk(
            // Rules of one event are asked in their order; the last first, so that each follows from another's doing.
            (0..<12).reversed().map { place in
                Self.rule(
                    "Rule \(place)", on: place == 0 ? "routed" : "changed",
                    when: place == 0 ? [:] : ["tags": ["t\(place - 1)"], "without_tags": ["t\(place)"]],
                    do: ["add_tags": ["t\(place)"]])
            })
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        let view = try await view(number, desk)
        #expect(view.ticket.classification.tags.count == Automation.longestChain)
        guard case .automationStopped(let stop) = view.log.last?.recorded.event else { throw NotThere() }
        #expect(stop.reason == .tooLong && stop.rule == "Rule 8" && stop.chain.count == 8)
    }

    @Test("A rule of which something is not possible does nothing, and the ticket says what")
    func refused() async throws {
        let desk = try await desk([
            Self.rule("Late", on: "resolved", do: ["add_tags": ["late"]], ["ask": ["en": "Well?"]])
        ])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in
            .resolved(.withdrawn, note: nil)
        }
        try await drain(desk)
        let view = try await view(number, desk)
        guard case .automationStopped(let stop) = view.log.last?.recorded.event else { throw NotThere() }
        #expect(stop.faults == [StepFault(step: 2, action: "ask", reason: .isResolved)])
        #expect(view.ticket.classification.tags.isEmpty)
    }

    @Test("A rule that waits is asked at its hour and once, in order, and not where the ticket has moved on")
    func time() async throws {
        func waiting(_ name: String, _ wait: String, _ action: [String: Any]) -> [String: Any] {
            ["name": name, "after": ["wait": wait, "while": ["waiting_requester"]], "do": [action]]
        }
        let desk = try await desk([
            waiting("Remind", "72h", ["message": ["en": "Well?"]]),
            waiting("Give up", "168h", ["resolve": ["outcome": "withdrawn"]]),
        ])
        let one = try await desk.store.accept(TestDesk.submission()).ticket.number
        let other = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        for number in [one, other] {
            let note = Note("Which one?", visibility: .public)
            try await desk.store.record(on: number, seeing: .desk, Recording(by: .program, note: note)) {
                .requesterAsked($0.entry ?? EntryID(0))
            }
        }
        #expect(try await fire(desk) == 0)
        desk.time.advance(by: .seconds(72 * 3600 + 1))
        #expect(try await fire(desk) == 2)
        #expect(try await fire(desk) == 0)
        #expect(try await view(one, desk).log.filter { $0.recorded.event.kind == .messageSent }.count == 1)
        try await desk.store.record(on: other, seeing: .desk, Recording(by: .program)) { _ in .resumed }
        desk.time.advance(by: .seconds(96 * 3600))
        #expect(try await fire(desk) == 1)
        let ended = try await view(one, desk)
        #expect(ended.ticket.state == .resolved && ended.ticket.outcome == .withdrawn)
        #expect(ended.log.last?.rule == "Give up")
        #expect(try await view(other, desk).ticket.state == .assigned)
        #expect(try await TestDatabase.current.first("select count(*) from automation_timer", as: Int.self) == 0)
    }

    @Test("An hour that was claimed is nothing any more where the ticket moved on before the rule was asked")
    func movedOn() async throws {
        let desk = try await desk([
            [
                "name": "Tag", "after": ["wait": "1h", "while": ["assigned"], "hours": "team"],
                "do": [["add_tags": ["old"]]],
            ]
        ])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        desk.time.advance(by: .seconds(3601))
        let watch = AutomationWatch(desk.store, sites: nil, metrics: Metrics(), log: .silent)
        #expect(try await watch.fire() == 1)
        let note = Note("?", visibility: .public)
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program, note: note)) {
            .requesterAsked($0.entry ?? EntryID(0))
        }
        try await desk.store.record(on: number, seeing: .desk, Recording(by: .program)) { _ in .resumed }
        try await drain(desk)
        #expect(try await view(number, desk).ticket.classification.tags.isEmpty)
    }

    @Test("A rule concerns what happens after it was applied, and a rule that is switched off or gone does nothing")
    func laterRules() async throws {
        let desk = try TestDesk()
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        _ = try await self.desk([Self.rule("Opened", on: "opened", do: ["add_tags": ["x"]])])
        try await drain(desk)
        #expect(try await view(number, desk).ticket.classification.tags.isEmpty)
        let next = try await desk.store.accept(TestDesk.submission()).ticket.number
        var off = Self.rule("Opened", on: "opened", do: ["add_tags": ["x"]])
        off["enabled"] = false
        _ = try await self.desk([off])
        try await drain(desk)
        #expect(try await !view(next, desk).log.contains { $0.recorded.event.kind == .automated })
    }

    @Test("A rule is asked at the warning and the breach of the clocks that it names")
    func deadlines() async throws {
        let missed: [String: Any] = [
            "name": "Late", "on": ["deadline_missed"], "by": ["program"], "measures": ["first_response"],
            "do": [["add_tags": ["late"]]],
        ]
        let desk = try await desk([missed])
        let number = try await desk.store.accept(TestDesk.submission()).ticket.number
        try await drain(desk)
        desk.time.advance(by: .seconds(6 * 3600))
        _ = try await DeadlineWatch(desk.store, sites: nil, metrics: Metrics(), log: .silent).fire()
        try await drain(desk)
        let view = try await view(number, desk)
        #expect(view.log.contains { $0.recorded.event.kind == .deadlineMissed })
        #expect(view.ticket.classification.tags == ["late"])
    }

    @Test("Hundreds of tickets that come at once are all seen to: nothing is capped")
    func noCap() async throws {
        let desk = try await desk([Self.rule("Tag", on: "opened", do: ["add_tags": ["seen"]])])
        for _ in 0..<300 { _ = try await desk.store.accept(TestDesk.submission()) }
        try await drain(desk)
        let seen = try await TestDatabase.current.first(
            "select count(*) from ticket_tag where tag = 'seen'", as: Int.self)
        #expect(seen == 300)
    }

    private struct NotThere: Error {}
}
