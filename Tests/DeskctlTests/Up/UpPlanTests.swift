import Runtime
import Testing

@testable import deskctl

@Suite("The plan of deskctl up")
struct UpPlanTests {
    private func plan(_ words: [String], _ environment: [String: String] = [:], isRoot: Bool = false) throws -> UpPlan {
        let command = Command(words: ["up"], summary: "", options: Command.up.options) { _ in .success }
        return try UpPlan(
            Invocation(words, of: command), environment: environment, programs: "/opt/meridian", isRoot: isRoot)
    }

    private func child(_ name: String, of plan: UpPlan) throws -> UpChild {
        try #require(plan.children { ["MERIDIAN_DATABASE": "host='/s' user='\($0)'"] }.first { $0.name == name })
    }

    @Test("gives every program its own database role, its port and the master key")
    func settings() throws {
        let plan = try plan(["--data", "/srv/desk"])
        let gateway = try child("intake-gateway", of: plan).environment
        #expect(gateway["MERIDIAN_DATABASE"] == "host='/s' user='meridian_intake'")
        #expect(gateway["MERIDIAN_HTTP"] == "8080")
        #expect(gateway["MERIDIAN_METRICS"] == "127.0.0.1:9101")
        #expect(gateway["MERIDIAN_SECRET_FILE"] == "/srv/desk/master-key")
        #expect(gateway["MERIDIAN_LOG"] == "text")
        #expect(try child("supplier-worker", of: plan).environment["MERIDIAN_METRICS"] == "127.0.0.1:9103")
        let roles = plan.children { ["MERIDIAN_DATABASE": $0] }.compactMap { $0.environment["MERIDIAN_DATABASE"] }
        #expect(Set(roles).count == 4)
    }

    @Test("starts the doors last, so that they are closed first")
    func order() throws {
        let names = try plan(["--example"]).children { _ in [:] }.map(\.name)
        #expect(names.last == "intake-gateway")
        #expect(names.first == "mail-catcher")
        #expect(try plan([]).children { _ in [:] }.count == 4)
    }

    @Test("sends the example's mail to the catcher, and lets it call the example supplier")
    func example() throws {
        let routing = try child("routing-worker", of: plan(["--example", "--ports-from", "30000"])).environment
        #expect(routing["MERIDIAN_SMTP"] == "smtp://127.0.0.1:30008")
        #expect(routing["MERIDIAN_OUTBOUND_ALLOW"] == "127.0.0.1/32")
        #expect(try child("routing-worker", of: plan([])).environment["MERIDIAN_SMTP"] == nil)
    }

    @Test("tells the example supplier what it shares with the desk")
    func supplier() throws {
        let children = try plan(["--example", "--data", "/srv/desk"]).children(
            database: { _ in [:] }, webhookSecrets: ["fjordnett-outgoing": "whsec_a", "fjordnett-incoming": "whsec_b"])
        let supplier = try #require(children.first { $0.name == "example-supplier" }).environment
        #expect(supplier["EXAMPLE_SUPPLIER_FJORDNETT_OUTGOING"] == "whsec_a")
        #expect(supplier["EXAMPLE_SUPPLIER_FJORDNETT_INCOMING"] == "whsec_b")
        #expect(supplier["EXAMPLE_SUPPLIER_DESK"] == "http://127.0.0.1:8080")
        #expect(supplier["EXAMPLE_SUPPLIER_STATE"] == "/srv/desk/example-supplier.json")
    }

    @Test("leaves what the environment says as it is")
    func environment() throws {
        let given = [
            "MERIDIAN_DATABASE": "host=db", "MERIDIAN_SECRET": "1:abc", "MERIDIAN_LOG": "json",
            "MERIDIAN_PUBLIC_URL": "https://desk.example",
        ]
        let gateway = try #require(plan([], given).children { _ in [:] }.last).environment
        for (name, value) in given { #expect(gateway[name] == value) }
        #expect(gateway["MERIDIAN_SECRET_FILE"] == nil)
    }

    @Test("keeps its data where the system wants it")
    func folder() throws {
        #expect(try plan([], ["HOME": "/home/kari"]).folder.path == "/home/kari/.local/share/meridian")
        #expect(try plan([], ["XDG_DATA_HOME": "/data"]).folder.path == "/data/meridian")
        #expect(try plan([], isRoot: true).folder.path == "/var/lib/meridian")
        #expect(try plan(["--data", "/srv/a/../b"]).folder.path == "/srv/b")
    }

    @Test("refuses ports that do not exist", arguments: ["0", "80", "65528", "many", "-1"])
    func wrongPort(word: String) {
        let fault = #expect(throws: CommandFault.self) { try plan(["--ports-from=\(word)"]) }
        #expect(fault?.problem == "--ports-from is \"\(word)\", which is not a number from 1024 to 65527.")
    }

    @Test("names the program that is not there")
    func missingProgram() throws {
        let fault = #expect(throws: CommandFault.self) { try plan([]).checkPrograms() }
        #expect(fault?.problem == "the program reporting-service is not in /opt/meridian.")
    }
}
