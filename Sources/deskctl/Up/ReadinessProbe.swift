import HTTP
import Moments
import Runtime
import Sockets

/// Asks the programs of a desk on one machine whether they are ready.
struct ReadinessProbe: Sendable {
    let client: HTTPClient
    let time: any Timekeeper
    /// A program that starts is asked again and again; nothing tells us of the moment.
    var pause: Duration = .milliseconds(100)

    /// Waits until the program on this port says that it is ready.
    func wait(for port: UInt16) async throws {
        while try await !isReady(port) { try await time.wait(for: pause) }
    }

    func isReady(_ port: UInt16) async throws -> Bool {
        guard let address = WebAddress("http://127.0.0.1:\(port)/readyz") else { return false }
        do {
            return try await client.send(Request(.get, to: address), within: .seconds(2)).status == .ok
        } catch is HTTPClientError {
            return false
        }
    }
}
