import DeskStore
import DeskTestSupport
import JSON
import Moments
import Postgres
import PostgresTestSupport
import Runtime
import Testing

@Suite("deskctl person and position", .database(template: TestDesk.template))
struct PersonCommandTests {
    private let desk: Operator
    private let store: DeskStore
    private let kari = "kari.nordmann@norrsken.example"

    init() throws {
        desk = try Operator()
        store = try TestDesk(at: SystemTime().now).store
    }

    @Test("A person is shown, changed and given addresses, and two are made one; the same again changes nothing")
    func person() async throws {
        for address in ["nils@old.example", "nils@new.example"] {
            _ = try await store.accept(TestDesk.submission(from: address))
        }
        let changed = try await desk.run(
            "person", "change", "nils@new.example", "--class", "vip", "--relation", "external", "--home-site", "AMS")
        #expect(changed.status == 0, "\(changed.errorText)")
        #expect(try await desk.run("person", "add-address", "nils@new.example", "nils@home.example").status == 0)
        let shown = try await desk.json("person", "show", "nils@home.example")
        #expect(shown["class"]?.string == "vip" && shown["home_site"]?.string == "AMS")
        #expect(shown["twins"]?.array?.compactMap(\.string).contains("nils@old.example") == true)
        for _ in 0..<2 {
            let merged = try await desk.json("person", "merge", "nils@old.example", "nils@new.example")
            #expect(merged["addresses"]?.array?.count == 3)
        }
        #expect(try await desk.json("person", "find", "nils@").array?.count == 1)
        try await desk.fault(65, "person", "add-address", "nils@new.example", kari)
        try await desk.fault(66, "person", "show", "nobody@x.example")
        try await desk.fault(64, "person", "change", "nils@new.example")
        try await desk.fault(64, "person", "change", "nils@new.example", "--relation", "friend")
        #expect(try await desk.run("person", "remove-address", "nils@old.example").status == 0)
    }

    @Test("An absence is entered, told and ended; who stands in holds the position for a time")
    func absence() async throws {
        let entered = try await desk.json(
            "person", "absent", kari, "--reason", "holiday", "--deputy", "ola.hansen@norrsken.example")
        #expect(entered["reason"]?.string == "holiday" && entered["until"]?.isNull == true)
        #expect(try await desk.json("position", "holders", "osl-first-agent").array?.isEmpty == true)
        #expect(try await desk.json("person", "absences", kari).array?.count == 1)
        #expect(try await desk.run("person", "back", kari).status == 0)
        #expect(try await desk.json("person", "absences", kari).array?.isEmpty == true)
        try await desk.fault(65, "person", "back", kari)
        let stands = try await desk.run(
            "position", "roster", "osl-first-agent", "daan.bakker@norrsken.example", "--until", "2030-01-01T00:00:00Z",
            "--instead-of", kari)
        #expect(stands.status == 65, "longer than an exception: \(stands.errorText)")
        let from = SystemTime().now
        let made = try await desk.run(
            "position", "roster", "osl-first-agent", "daan.bakker@norrsken.example", "--until",
            (from + .seconds(3600)).rfc3339, "--instead-of", kari)
        #expect(made.status == 0, "\(made.errorText)")
        let holders = try await desk.json("position", "holders", "osl-first-agent")
        #expect(holders.array?.compactMap(\.string) == ["Daan Bakker"])
        try await desk.fault(64, "person", "absent", kari)
        try await desk.fault(64, "person", "absent", kari, "--reason", "holiday", "--until", "tomorrow")
        try await desk.fault(66, "position", "holders", "nothing")
    }
}
