import Postgres
import PostgresTestSupport

/// Several gateways on the database of the test that is running, as at several sites, and no other program.
struct RunningGateways: Sendable {
    let programs: [RunningProgram]
    let mail: [MailSender]

    init(_ count: Int) throws {
        let masterKey = RunningDesk.newMasterKey()
        var (taken, programs): ([DeskPorts], [RunningProgram]) = ([], [])
        for _ in 0..<count {
            let ports = try DeskPorts(besides: taken)
            let settings = ProgramSettings(
                ports: ports, folder: "", connection: try TestDatabase.own.connection, secrets: [:],
                masterKey: masterKey)
            programs.append(
                try RunningProgram(
                    .intakeGateway, environment: settings.environment(of: .intakeGateway), fault: nil))
            taken.append(ports)
        }
        self.programs = programs
        mail = try taken.map { try MailSender(port: $0.lmtp) }
    }

    /// Runs the gateways while `body` uses them.
    func serve(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await RunningProgram.serve(programs) {
            do {
                try await body()
            } catch let fault where !(fault is CancellationError) {
                throw HarnessFault("\(fault)\n\(programs.map(\.said).joined(separator: "\n"))")
            }
        }
    }
}
