import DeskStore
import HTTP
import Moments
import Runtime

/// Gives out wires: what all conversations of a program share.
struct Wires: Sendable {
    /// Sends a request to the outside, within the operator's rules, and takes no more than so many bytes of an answer.
    let exchange: @Sendable (Request, _ limit: Int) async throws -> Response
    /// The value of a secret by its name.
    let secret: @Sendable (String) async throws -> [UInt8]?
    let timekeeper: any Timekeeper
    let tokens = Tokens()

    init(client: HTTPClient, secrets: SecretStore, timekeeper: any Timekeeper) {
        self.init(timekeeper: timekeeper) { request, limit in
            try await client.send(request, within: Wire.timeLimit(of: request, answeredBy: limit), upTo: limit)
        } secret: { name in
            try await secrets.value(of: name)
        }
    }

    init(
        timekeeper: any Timekeeper, exchange: @escaping @Sendable (Request, _ limit: Int) async throws -> Response,
        secret: @escaping @Sendable (String) async throws -> [UInt8]?
    ) {
        (self.timekeeper, self.exchange, self.secret) = (timekeeper, exchange, secret)
    }

    /// A conversation with a supplier's system, and another one with new credentials where the old ones were refused.
    func attempt<Answer: Sendable>(
        _ supplier: String, _ converse: (Wire) async throws(Setback) -> Answer
    ) async -> (record: WireRecord, result: Result<Answer, Setback>) {
        let wire = Wire(wires: self, record: WireRecord())
        do {
            return (wire.record, .success(try await converse(wire)))
        } catch .unauthorised(let reason) {
            guard tokens.forget(supplier) else { return (wire.record, .failure(.unauthorised(because: reason))) }
        } catch {
            return (wire.record, .failure(error))
        }
        do {
            return (wire.record, .success(try await converse(wire)))
        } catch {
            return (wire.record, .failure(error))
        }
    }
}
