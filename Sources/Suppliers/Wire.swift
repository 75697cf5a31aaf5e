import HTTP
import Moments
import Runtime
import Secrets

/// What a connector speaks to a supplier's system with. It obeys the operator's rules for calls to the outside, gives
/// out secrets by their names, and keeps what was said with no secret in it.
struct Wire: Sendable {
    let wires: Wires
    let record: WireRecord

    /// How long one call may take, beside the time that its bytes take.
    private static let timeLimit = Duration.seconds(12)
    /// The slowest line, in bytes a second, over which a large request or answer still gets through.
    private static let slowest = 1024 * 1024
    /// How many bytes are read of an answer that is no file.
    static let largestAnswer = 256 * 1024

    var now: Moment { wires.timekeeper.now }

    /// How long a call may take.
    ///
    /// - Parameter limit: how many bytes its answer may have.
    static func timeLimit(of request: Request, answeredBy limit: Int) -> Duration {
        timeLimit + .seconds(((request.body.whole?.count ?? 0) + limit) / slowest)
    }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// - Parameters:
    ///   - words: what the record holds in place of the body, where that is a file or holds one.
    ///   - limit: how many bytes of the answer are read; one that has more is a setback.
    func answer(
        to request: Request, noting words: String? = nil, upTo limit: Int = largestAnswer
    ) async throws(Setback) -> Response {
        do {
            return try await exchange(request, noting: words, upTo: limit)
        } catch let error as HTTPClientError {
            throw Setback(error)
        } catch {
            throw .interrupted
        }
    }

    private func exchange(_ request: Request, noting words: String?, upTo limit: Int) async throws -> Response {
        var request = request
        request.fields[.userAgent] = "Meridian"
        record.note(request, as: words)
        do {
            let response = try await wires.exchange(request, limit)
            record.note(response)
            return response
        } catch let error as HTTPClientError {
            record.note(error)
            throw error
        }
    }

    /// Fetches a file, and returns the answer whatever its status. One that has too many bytes is refused for good.
    ///
    /// - Parameter limit: how many bytes of the answer are read.
    func file(by request: Request, upTo limit: Int) async throws(Setback) -> Response {
        do {
            return try await exchange(request, noting: nil, upTo: limit)
        } catch let error as HTTPClientError {
            guard case .tooLarge = error.reason else { throw Setback(error) }
            throw .refused(because: "it has more than \(limit >> 20) MiB")
        } catch {
            throw .interrupted
        }
    }

    /// Sends a request and returns the answer if it is a success.
    func send(_ request: Request) async throws(Setback) -> Response {
        let response = try await answer(to: request)
        if let setback = Setback(response, at: now) { throw setback }
        return response
    }

    /// The value of a secret, which is kept out of the record from here on.
    func secret(_ name: String) async throws(Setback) -> String {
        let value: [UInt8]?
        do { value = try await wires.secret(name) } catch is CancellationError { throw .interrupted } catch {
            throw .postponed(because: "the secret \(name) cannot be read: \(error)", after: nil)
        }
        guard let value else {
            throw .unready(
                because: "the secret \(name) is not set; set it with deskctl secret set \(name)")
        }
        let text = String(decoding: value, as: UTF8.self)
        record.conceal(text)
        return text
    }

    /// A secret with which what we send is signed by Standard Webhooks.
    func signingSecret(_ name: String) async throws(Setback) -> WebhookSecret {
        let text = try await secret(name)
        do throws(WebhookSecret.Fault) {
            return try WebhookSecret(parsing: text)
        } catch {
            throw .unready(because: "the secret \(name) cannot sign: \(error)")
        }
    }

    /// The value of the field `Authorization` for a user and his password (RFC 7617), which is kept out of the record.
    func basic(_ user: String, _ password: String) -> String {
        let words = Base64.encode(Array("\(user):\(password)".utf8))
        record.conceal(words)
        return "Basic \(words)"
    }

    /// A token of access, asked for with `fetch` where there is none that still holds.
    ///
    /// - Parameter name: what it is for: the same for all calls that may use it, another one for each supplier.
    func token(
        _ name: String, or fetch: () async throws(Setback) -> (value: String, lifetime: Duration)
    ) async throws(Setback) -> String {
        if let token = wires.tokens.value(of: name, at: now) {
            record.conceal(token)
            return token
        }
        let (value, lifetime) = try await fetch()
        record.conceal(value)
        wires.tokens.keep(value, as: name, until: now + lifetime)
        return value
    }
}

extension WebAddress {
    /// An address of a supplier's system, as the organisation document gives it.
    init(calling url: String) throws(Setback) {
        guard let address = WebAddress(url) else {
            throw .refused(because: "\(url) is no URL that can be called")
        }
        self = address
    }
}
