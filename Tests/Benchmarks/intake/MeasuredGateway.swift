import BenchmarkSupport
import DeskStore
import Foundation
import HTTP
import Intake
import Mail
import Postgres
import Runtime
import Secrets
import Sockets
import TimeZones

/// The doors of the gateway for programs and for mail, and one for mail that keeps nothing: what the conversation alone
/// takes.
enum MeasuredGateway {
    static let database = "BENCH_DATABASE"

    /// Serves until its standard input ends, and prints the ports of the API, of mail and of mail that is not kept.
    static func run() async {
        let loops = EventLoopGroup()
        do {
            guard let connection = ConnectionString(ProcessInfo.processInfo.environment[database] ?? "") else {
                throw BenchmarkFault("there is no database")
            }
            let store = DeskStore(
                Database(DatabaseConfiguration(connection), loops: loops), timekeeper: SystemTime(),
                zones: TimeZones())
            let keys = MasterKeys(id: "bench", key: .random())
            let http = HTTPServer(
                try listener(), router: Router(API(store: store, keys: keys).door), loops: loops, logsAccess: false)
            let door = MailDoor(store: store, keys: keys, log: .silent)
            let mailListener = try listener()
            let mail = LMTPServer(
                on: mailListener, hostName: "desk", loops: loops, accept: { try await door.accept($0) },
                deliver: { await door.deliver($0, $1) })
            let emptyListener = try listener()
            let empty = LMTPServer(
                on: emptyListener, hostName: "desk", loops: loops, accept: { _ in nil },
                deliver: { envelope, _ in envelope.recipients.map { .delivered(to: $0, "OSL-1") } })
            let ports = [http.address, mailListener.address, emptyListener.address].compactMap(\.port)
            print(ports.map { String($0) }.joined(separator: " "))
            fflush(nil)
            let stop = StopSignal()
            let input = Thread {
                while readLine() != nil {}
                stop.raise()
            }
            input.start()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for service in [http, mail, empty] as [any Service] {
                    group.addTask(executorPreference: loops.next()) { try await service.run(until: stop) }
                }
                try await group.waitForAll()
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
        }
    }

    private static func listener() throws -> Listener { try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)) }
}
