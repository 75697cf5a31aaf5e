import HTTP
import Moments
import Testing

@testable import Suppliers

@Suite("What a supplier's answer means")
struct SetbackTests {
    private let now = Moment(seconds: 1_772_442_000)

    private func setback(_ code: Int, _ fields: Fields = [:], text: String = "") -> Setback? {
        Setback(Response(Status(code), fields: fields, body: .bytes(Array(text.utf8))), at: now)
    }

    @Test("Any 2xx takes the message", arguments: [200, 201, 202, 204, 299])
    func taken(code: Int) { #expect(setback(code) == nil) }

    @Test("What may pass is tried again", arguments: [301, 302, 307, 408, 425, 429, 500, 502, 503, 504])
    func postponed(code: Int) {
        guard case .postponed(_, nil) = setback(code) else {
            Issue.record("\(code) is \(String(describing: setback(code)))")
            return
        }
    }

    @Test("What will not pass is left to a person", arguments: [400, 403, 404, 409, 413, 415, 422])
    func refused(code: Int) {
        guard case .refused = setback(code) else {
            Issue.record("\(code) is \(String(describing: setback(code)))")
            return
        }
    }

    @Test("An address that wants nothing more, and one that does not know us, are told apart")
    func closed() {
        #expect(setback(410) == .gone(because: "the supplier answered 410 Gone"))
        #expect(setback(401) == .unauthorised(because: "the supplier answered 401 Unauthorized"))
    }

    @Test("The supplier's words are kept, in one line and no more than a few")
    func words() {
        let text = "{\n  \"detail\": \"no such thing\"\n}\0" + String(repeating: "x", count: 5000)
        guard case .refused(let reason) = setback(422, text: text) else {
            Issue.record("not refused")
            return
        }
        #expect(
            reason.hasPrefix("the supplier answered 422 Unprocessable Content: { \"detail\": \"no such thing\" } x"))
        #expect(reason.count < 300)
    }

    @Test(
        "Retry-After is seconds or a date, never less than a second and never more than six hours",
        arguments: [
            ("30", 30), ("0", 1), ("-5", 1), ("999999", 21_600), ("Mon, 02 Mar 2026 09:01:00 GMT", 60),
            ("Mon, 02 Mar 2026 08:00:00 GMT", 1),
        ])
    func retryAfter(value: String, seconds: Int) {
        guard case .postponed(_, let wait) = setback(503, [.retryAfter: value]) else {
            Issue.record("not postponed")
            return
        }
        #expect(wait == .seconds(seconds))
    }

    @Test("A Retry-After that nobody can read counts as none")
    func unreadable() {
        guard case .postponed(_, nil) = setback(429, [.retryAfter: "soon"]) else {
            Issue.record("it is read")
            return
        }
    }
}
