import Desk
import DeskStore
import DeskTestSupport
import JSON
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("deskctl clock reevaluate", .database(template: TestDesk.template))
struct ReevaluateCommandTests {
    private let desk: Operator
    private let house: TestDesk
    private static let reason = "the target of an hour was a slip of the keyboard"

    init() throws {
        desk = try Operator()
        house = try TestDesk()
    }

    /// Opens a ticket at each site under a target that is a mistake, which is then mended.
    private func makeMistake(at sites: [String]) async throws -> [String: TicketNumber] {
        let mistaken = try TestDesk.organisation { document in
            var targets = try #require(document["targets"] as? [[String: Any]])
            for index in targets.indices where targets[index]["measure"] as? String == "resolution" {
                targets[index]["within"] = "1h"
            }
            document["targets"] = targets
        }
        let store = house.store
        _ = try await store.apply(mistaken, by: "the tests")
        house.time.advance(by: .seconds(1))
        let directory = try await store.directory()
        var numbers: [String: TicketNumber] = [:]
        for site in sites {
            let submission = TestDesk.submission(from: "\(site)@x.example", at: directory.sites[site])
            numbers[site] = try await store.accept(submission).ticket.number
        }
        house.time.advance(by: .seconds(1))
        _ = try await store.apply(try TestDesk.exampleOrganisation(), by: "the tests")
        return numbers
    }

    private func changed(_ answer: JSON) -> Set<String> {
        Set((answer["changed"]?.array ?? []).compactMap { $0["number"]?.string })
    }

    @Test("With --dry-run it tells what would be different and changes nothing; a second run finds nothing to change")
    func rehearsal() async throws {
        let number = try #require(await makeMistake(at: ["OSL"])["OSL"]).description
        let rehearsed = try await desk.json("clock", "reevaluate", number, "--dry-run")
        #expect(rehearsed["dry_run"] == true && changed(rehearsed) == [number])
        let done = try await desk.json("clock", "reevaluate", number, "--reason", Self.reason)
        #expect(done["changed"] == rehearsed["changed"] && done["dry_run"] == false)
        #expect(done["looked_at"]?.integer == 1 && done["faults"]?.array?.isEmpty == true)
        let clock = try #require(done["changed"]?.array?.first?["clocks"]?.array?.first)
        #expect(clock["measure"] == "resolution" && clock["before"]?.string != clock["after"]?.string)
        #expect(try await desk.run("ticket", "show", number).text.contains(Self.reason))
        let again = try await desk.run("clock", "reevaluate", number, "--reason", Self.reason)
        #expect(again.status == 0 && again.text == "Nothing is different on 1 tickets.")
    }

    @Test("With --all it takes every open ticket, with --site those that are there")
    func all() async throws {
        let numbers = try await makeMistake(at: ["OSL", "AMS"])
        let here = try #require(numbers["AMS"]).description
        let one = try await desk.json("clock", "reevaluate", "--all", "--site", "AMS", "--dry-run")
        #expect(changed(one) == [here] && one["looked_at"]?.integer == 1)
        let both = try await desk.json("clock", "reevaluate", "--all", "--dry-run")
        #expect(changed(both) == Set(numbers.values.map(\.description)))
    }

    @Test("With --hours-of-then a holiday that was forgotten stays forgotten; without, it is taken out")
    func hours() async throws {
        let number = try await house.store.accept(TestDesk.submission()).ticket.number.description
        let edited = try TestDesk.organisation { document in
            var calendars = try #require(document["calendars"] as? [String: [String: Any]])
            for code in calendars.keys where code != "always" { calendars[code]?["holidays"] = ["2026-03-02"] }
            document["calendars"] = calendars
        }
        house.time.advance(by: .seconds(1))
        _ = try await house.store.apply(edited, by: "the tests")
        let then = try await desk.json("clock", "reevaluate", number, "--hours-of-then", "--dry-run")
        #expect(changed(then).isEmpty)
        let today = try await desk.json("clock", "reevaluate", number, "--dry-run")
        #expect(changed(today) == [number])
    }

    @Test("A ticket that is not there is told and the others are counted; the command ends with 1")
    func missing() async throws {
        let number = try #require(await makeMistake(at: ["OSL"])["OSL"]).description
        let answer = try await desk.run("clock", "reevaluate", "OSL-99", number, "--reason", Self.reason, "--json")
        #expect(answer.status == 1)
        let told = try JSON.parse(answer.text)
        #expect(changed(told) == [number] && told["looked_at"]?.integer == 2)
        #expect(told["faults"]?.array?.map { $0["number"]?.string } == ["OSL-99"])
    }

    @Test("Options that do not go together, a reason that is missing and a site that is none are refused")
    func faults() async throws {
        #expect(try await desk.fault(64, "clock", "reevaluate").contains("either numbers of tickets or --all"))
        try await desk.fault(64, "clock", "reevaluate", "OSL-1", "--all", "--dry-run")
        #expect(
            try await desk.fault(64, "clock", "reevaluate", "OSL-1", "--site", "OSL", "--dry-run")
                .contains("--site goes with --all only"))
        #expect(try await desk.fault(64, "clock", "reevaluate", "OSL-1").contains("--reason is missing"))
        #expect(
            try await desk.fault(64, "clock", "reevaluate", "OSL-1", "--reason", " ").contains("--reason is missing"))
        #expect(
            try await desk.fault(64, "clock", "reevaluate", "--all", "--site", "MOON", "--dry-run")
                .contains("there is no site MOON"))
        #expect(try await desk.fault(64, "clock", "reevaluate", "printer").contains("is no ticket number"))
    }
}
