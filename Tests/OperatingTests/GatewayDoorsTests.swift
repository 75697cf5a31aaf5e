import DeskTestSupport
import Testing

@Suite("The doors that a gateway is told to open")
struct GatewayDoorsTests {
    private func start(doors: String) async throws -> BuiltProgram.Answer {
        // Without a database no gateway opens; whether the doors are among the faults is what is asked.
        try await BuiltProgram("intake-gateway").run([], environment: ["MERIDIAN_DOORS": doors])
    }

    @Test("must be such as lead somewhere: admin alone does not, and help says so")
    func admin() async throws {
        let alone = try await start(doors: "admin")
        #expect(alone.status == 78)
        #expect(alone.errorText.contains("MERIDIAN_DOORS names no door behind which there is anything."))
        let among = try await start(doors: "portal,workspace,admin,api,supplier,mail")
        #expect(!among.errorText.contains("MERIDIAN_DOORS"))
        let help = try await BuiltProgram("intake-gateway").run(["--help"]).text
        #expect(help.contains("It knows the word admin, behind which there is nothing yet."))
    }

    @Test("are refused where one is unknown")
    func unknown() async throws {
        let answer = try await start(doors: "portal,garden")
        #expect(answer.errorText.contains("MERIDIAN_DOORS is \"portal,garden\", which is not a list of portal,"))
    }
}
