import Foundation
import Mail
import Testing

@Suite("Real bounces", .enabled(if: Samples.exist, Samples.absent), .laborious)
struct BounceCorpusTests {
    /// What others found out about a mail.
    private struct Expectation: Decodable {
        struct Entry: Decodable {
            var status: String
            var code: String
            var reason: String
            var hard: Bool
        }
        var file: String
        var kind: String
        var bounces: [Entry]?
    }

    private static func expectations() throws -> [Expectation] {
        let all = try JSONDecoder().decode([Expectation].self, from: Data(Samples.bytes("bounces/expected.json")))
        return all.filter { $0.kind == "bounce" }
    }

    /// Whether two statuses say the same. One whose last number begins with 9 is made up by who expects it: of that
    /// only the class was told.
    private static func agree(_ found: String, _ expected: String) -> Bool {
        let isMadeUp = expected.dropFirst().hasPrefix(".0.9")
        return found == expected || isMadeUp && (found.isEmpty || found.first == expected.first)
    }

    @Test("Status, code, and whether the address is dead are told as others told them; the address always")
    func scores() throws {
        var (count, missed) = (0, ["status": [String](), "code": [], "reason": [], "hard": [], "address": []])
        for expected in try Self.expectations() {
            let found = Bounce.all(in: MessageParser().parse(try Samples.bytes("bounces/" + expected.file)))
            let entries = expected.bounces ?? []
            #expect(found.count == entries.count, "\(expected.file): \(found.map(\.recipient))")
            for (bounce, entry) in zip(found, entries) {
                count += 1
                let isTold = bounce.recipient?.contains("@") == true
                let checks = [
                    ("status", Self.agree(bounce.status, entry.status)), ("code", bounce.code == entry.code),
                    ("reason", bounce.reason.rawValue == entry.reason), ("hard", bounce.isHard == entry.hard),
                    ("address", isTold),
                ]
                for (name, isRight) in checks where !isRight { missed[name]?.append(expected.file) }
            }
        }
        #expect(count > 270)
        for (name, floor) in [("status", 97), ("code", 95), ("reason", 80), ("hard", 95), ("address", 99)] {
            let wrong = missed[name] ?? []
            #expect((count - wrong.count) * 100 >= count * floor, "\(name): \(wrong.count) of \(count), \(wrong)")
        }
    }

    @Test("Every bounce is known for one by its form and sender, but for two that look like a person's mail")
    func verdicts() throws {
        let missed = try Self.expectations().map(\.file).filter { file in
            Bounce.verdict(on: MessageParser().parse(try Samples.bytes("bounces/" + file))) == nil
        }
        #expect(Set(missed) == ["lhost-sendmail-14.eml", "lhost-fml-02.eml"])
    }
}
