import Runtime
import Testing

@testable import deskctl

@Suite("The desk that a command is about")
struct DeskConnectionTests {
    private func connection(_ words: [String], _ environment: [String: String]) throws -> DeskConnection {
        let command = Command(words: ["test"], summary: "", options: [.data]) { _ in .success }
        return try DeskConnection(Invocation(words, of: command), environment: environment)
    }

    @Test("is the one that the settings name")
    func settings() throws {
        let environment = ["MERIDIAN_DATABASE": "host=db", "MERIDIAN_SECRET": "1:key"]
        #expect(try connection([], environment).settings == environment)
        #expect(try connection(["--data", "/nowhere"], environment).settings == environment)
        let file = ["MERIDIAN_DATABASE_FILE": "/run/secrets/database"]
        #expect(try connection([], file).settings == file)
    }

    @Test("is said to be missing where neither a setting nor a running desk is found")
    func missing() {
        let fault = #expect(throws: CommandFault.self) { try connection(["--data", "/nowhere"], [:]) }
        #expect(fault?.problem == "MERIDIAN_DATABASE is not set, and no desk is running on /nowhere.")
        #expect(fault?.status == .configuration)
    }
}
