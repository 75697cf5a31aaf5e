import DeskSchema
import DeskStore
import DeskTestSupport
import Foundation
import JSON
import Postgres
import PostgresTestSupport
import Testing

@Suite("deskctl apply, export and migrate", .database(template: TestDesk.template))
struct OrganisationCommandTests {
    private let desk: Operator

    init() throws { desk = try Operator() }

    /// Lends a file with this text.
    private func withFile<Result>(_ text: String, _ body: (String) async throws -> Result) async throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "organisation-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await body(file.path)
    }

    private func version() async throws -> Int? {
        try await TestDatabase.current.first("select max(version) from organisation", as: Int?.self) ?? nil
    }

    @Test("What export prints is what apply takes, and it changes nothing")
    func roundTrip() async throws {
        let exported = try await desk.run("export")
        #expect(exported.status == 0)
        try await withFile(exported.text) { path in
            let again = try await desk.run("apply", path)
            #expect(again.status == 0 && again.text == "Nothing is different.")
            #expect(try await desk.json("apply", path)["changes"] == [])
        }
    }

    @Test("A change is shown, and made only without --dry-run")
    func change() async throws {
        let text = try await desk.run("export").text.replacing("\"Norrsken Group\"", with: "\"Sydsken Group\"")
        let before = try await version()
        try await withFile(text) { path in
            let trial = try await desk.run("apply", path, "--dry-run")
            #expect(trial.status == 0 && trial.output.last == "1 changes would be made.", "\(trial.text)")
            #expect(try await version() == before)
            let made = try await desk.json("apply", path)
            #expect(made["changes"]?.array?.count == 1)
            #expect(try await desk.run("export").text.contains("Sydsken Group"))
        }
    }

    @Test("A faulty document is refused with every fault and its place, and nothing is applied")
    func faults() async throws {
        let before = try await version()
        let text = try await desk.run("export").text
            .replacing("\"Europe/Oslo\"", with: "\"Europe/Olso\"").replacing("\"routing\"", with: "\"ruoting\"")
        try await withFile(text) { path in
            let fault = try await desk.fault(65, "apply", path)
            #expect(fault.contains("/sites/0/zone: ") && fault.contains("Europe/Olso"))
            #expect(fault.contains("/ruoting: is unknown"))
        }
        try await withFile("{\"name\": ") { path in
            let fault = try await desk.fault(65, "apply", path)
            #expect(fault.contains("is no JSON"))
        }
        try await desk.fault(66, "apply", "/nowhere/organisation.json")
        #expect(try await version() == before)
    }

    @Test("Articles are not brought into an organisation that does without knowledge")
    func withoutKnowledge() async throws {
        _ = try await TestDesk().store.apply(TestDesk.organisation { $0["modules"] = [String]() }, by: "the tests")
        try await withFile(#"{"id": "a", "title": "T", "text": "W", "language": "en"}"#) { path in
            let fault = try await desk.fault(65, "article", "import", path)
            #expect(fault.contains("does without knowledge") && fault.contains("modules"))
        }
        #expect(try await TestDatabase.current.first("select count(*) from article", as: Int.self) == 0)
    }

    @Test("The schema is printed without a desk; without a file or --schema nothing can be meant")
    func schema() async throws {
        let nobody = Operator(only: ["HOME": "/nowhere"])
        let answer = try await nobody.run("apply", "--schema")
        #expect(answer.status == 0 && answer.errors.isEmpty)
        let schema = try JSON.parse(answer.text)
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["properties"]?["sites"]?["items"]?["properties"]?["zone"]?["type"] == "string")
        #expect(try await nobody.fault(64, "apply").contains("FILE is missing"))
    }

    @Test("Migrations are told one by one, on a database that has them and on one that has none")
    func migrate() async throws {
        let rows = try #require(await desk.json("migrate", "--status").array)
        #expect(rows.count == deskSchema.count)
        #expect(
            rows.allSatisfy { $0["applied_at"]?.string != nil && $0["is_edited"] == false && $0["is_ours"] == true })
        try await TestDatabase.with { empty in
            let newcomer = Operator(only: ["MERIDIAN_DATABASE": empty.connection.text])
            let before = try #require(await newcomer.json("migrate", "--status").array)
            #expect(before.count == deskSchema.count && before.allSatisfy { $0["applied_at"]?.isNull != false })
            #expect(try await newcomer.run("migrate").text.hasPrefix("Ran 1 ("))
            #expect(try await newcomer.run("migrate").text == "The tables are up to date.")
        }
    }

    @Test("Of ten processes that migrate at once one does it, and all are content")
    func migrateAtOnce() async throws {
        try await TestDatabase.with { empty in
            let newcomer = Operator(only: ["MERIDIAN_DATABASE": empty.connection.text])
            let answers = try await withThrowingTaskGroup(of: BuiltProgram.Answer.self) { group in
                for _ in 0..<10 { group.addTask { try await newcomer.run("migrate") } }
                return try await group.reduce(into: [BuiltProgram.Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 0 }, "\(answers.map(\.errorText))")
            #expect(answers.count { $0.text.hasPrefix("Ran 1 (") } == 1)
            #expect(answers.count { $0.text == "The tables are up to date." } == 9)
        }
    }

    @Test("A desk that is not named or not there is told as such")
    func unreachable() async throws {
        let nobody = Operator(only: ["HOME": "/nowhere"])
        let unset = try await nobody.fault(78, "ticket", "list", "--data", "/nowhere")
        #expect(unset.contains("MERIDIAN_DATABASE is not set"))
        let away = Operator(only: ["MERIDIAN_DATABASE": "host=/nowhere dbname=meridian user=nobody"])
        try await away.fault(69, "ticket", "list")
    }
}
