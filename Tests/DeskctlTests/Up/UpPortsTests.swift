import Testing

@testable import deskctl

@Suite("The ports of a desk on one machine")
struct UpPortsTests {
    @Test("are those of the contract, or one after the other")
    func layout() {
        #expect(
            UpPorts().named(withExample: true).map(\.port) == [8080, 8081, 2424, 9101, 9102, 9103, 9104, 8090, 2525])
        #expect(UpPorts(from: 20_000).named(withExample: true).map(\.port).sorted() == Array(20_000...20_008))
        #expect(UpPorts(from: UpPorts.lastFirst).catcher == 65_535)
    }

    @Test("that are taken are all named, before anything is started")
    func taken() throws {
        #expect(throws: Never.self) { try UpPorts().checkFree(withExample: true) { _ in true } }
        // Without the example nobody listens on its ports.
        #expect(throws: Never.self) { try UpPorts().checkFree(withExample: false) { $0 != 2525 } }

        let one = #expect(throws: CommandFault.self) {
            try UpPorts().checkFree(withExample: true) { $0 != 8081 }
        }
        #expect(one?.problem == "port 8081, meant for the reporting service, is taken by another program.")
        let two = #expect(throws: CommandFault.self) {
            try UpPorts().checkFree(withExample: true) { $0 != 8080 && $0 != 2525 }
        }
        #expect(two?.problem.contains("8080 for the gateway, 2525 for the mail catcher") == true)
    }
}
