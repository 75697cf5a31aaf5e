import Foundation
import Mail
import SeedTestSupport
import Testing

/// Real mail, spoilt. `MERIDIAN_TEST_ROUNDS=500` does it so many times over, and `MERIDIAN_TEST_SEED` in another way:
/// a failure names its seed, and the rounds before it are not needed to repeat it.
@Suite("Real mail that was damaged", .enabled(if: Samples.exist, Samples.absent), .serialized, .laborious)
struct DamagedMailTests {
    /// Every fifth mail, and all of them if there are several rounds: other tests need the processors as well.
    private static let paths = Samples.paths(below: ["mikel", "cpython", "bounces", "replies"]).enumerated()
        .filter { rounds > 1 || $0.offset % 5 == firstSeed % 5 }.map(\.element)
    private static let environment = ProcessInfo.processInfo.environment
    private static let rounds = environment["MERIDIAN_TEST_ROUNDS"].flatMap { Int($0) } ?? 1
    private static let firstSeed = environment["MERIDIAN_TEST_SEED"].flatMap { Int($0) } ?? 1

    @Test("Every mail, damaged in several ways, is read within its bounds, and in time like that of whole mail")
    func damaged() async throws {
        let mails = try Self.paths.map { try Samples.bytes($0) }
        let whole = mails.map { MailReading($0) }
        let usual = whole.reduce(0) { $0 + $1.time } / Double(mails.reduce(0) { $0 + $1.count })
        for number in 0..<Self.rounds {
            if Self.rounds > 1 { print("damaged mail: seed \(Self.firstSeed + number)") }
            for (path, mail) in zip(Self.paths, mails) {
                await Task.yield()
                var seed = Seed(name: "\(Self.firstSeed + number) \(path)")
                let (damaged, ways) = Self.damaged(mail, among: mails, using: &seed)
                let place = "\(path), \(ways), MERIDIAN_TEST_SEED=\(Self.firstSeed + number)"
                var reading = MailReading(damaged)
                let most = 0.02 + 30 * usual * Double(damaged.count)
                // The machine may have been busy: what is slow in truth is slow again.
                if reading.time > most { reading = MailReading(damaged) }
                #expect(reading.faults.isEmpty, "\(place)")
                #expect(reading.time <= most, "\(damaged.count) bytes; \(place)")
            }
        }
    }

    private static func damaged(
        _ mail: [UInt8], among others: [[UInt8]], using seed: inout Seed
    ) -> (mail: [UInt8], ways: [MailDamage]) {
        var mail = mail
        let ways = (0..<Int.random(in: 1...3, using: &seed)).map { _ in
            MailDamage.allCases.randomElement(using: &seed) ?? .cut
        }
        for way in ways {
            mail = way.apply(to: mail, other: others.randomElement(using: &seed) ?? [], using: &seed)
        }
        return (mail, ways)
    }

    @Test("A mail in which one stretch is repeated without end is read in time that grows as its length does")
    func growing() async throws {
        for number in 0..<(4 * Self.rounds) {
            await Task.yield()
            var seed = Seed(name: "growing \(Self.firstSeed) \(number)")
            let path = try #require(Self.paths.randomElement(using: &seed))
            let mail = try Samples.bytes(path)
            let start = Int.random(in: 0..<max(mail.count, 1), using: &seed)
            let end = min(mail.count, start + Int.random(in: 1...400, using: &seed))
            func repeated(to size: Int) -> [UInt8] {
                let copies = Array(repeatElement(mail[start..<end], count: size / max(end - start, 1)).joined())
                return Array(mail[..<start] + copies + mail[end...])
            }
            func time(_ bytes: [UInt8]) -> Double { min(MailReading(bytes).time, MailReading(bytes).time) }
            let (short, long) = (repeated(to: 8_000), repeated(to: 64_000))
            let growth = Double(long.count) / Double(max(short.count, 1))
            let (little, much) = (time(short), time(long))
            #expect(
                much <= 0.02 + 3 * growth * little,
                "\(path) \(start)..<\(end): \(little) s and \(much) s; MERIDIAN_TEST_SEED=\(Self.firstSeed)")
            #expect(MailReading(long).faults.isEmpty, "\(path) \(start)..<\(end)")
        }
    }

    @Test("A damaged mail comes through the door as it was sent, whatever the pieces in which it comes")
    func pieces() async throws {
        for path in Self.paths {
            await Task.yield()
            var seed = Seed(name: "pieces \(Self.firstSeed) \(path)")
            let mail = Mutation.apply(to: try Samples.bytes(path), using: &seed) + [13, 10]
            var session = MailSession(.lmtp, hostName: "mx.example.org")
            let opening = "LHLO mx\r\nMAIL FROM:<a@b.org>\r\nRCPT TO:<c@d.org>\r\n"
            _ = session.receive(opening.utf8)
            _ = session.recipientChecked(nil)
            _ = session.receive("DATA\r\n".utf8)
            var delivered: [[UInt8]] = []
            var content = Self.stuffed(mail)[...]
            content += Array(".\r\n".utf8)
            while !content.isEmpty {
                let piece = content.prefix(Int.random(in: 1...5_000, using: &seed))
                content = content.dropFirst(piece.count)
                for case .deliver(_, let bytes) in session.receive(piece) { delivered.append(bytes) }
            }
            #expect(delivered == [mail], "\(path), MERIDIAN_TEST_SEED=\(Self.firstSeed)")
        }
    }

    /// With a dot more where a line begins with one.
    private static func stuffed(_ mail: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for byte in mail {
            if byte == UInt8(ascii: "."), output.isEmpty || output.suffix(2) == [13, 10] { output.append(byte) }
            output.append(byte)
        }
        return output
    }
}
