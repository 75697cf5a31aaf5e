import Foundation
import SeedTestSupport
import Testing

@testable import TimeZones

@Suite("Compiled zone files")
struct ZoneFileTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)")))
    }

    @Test("A file cut anywhere is refused, and never a trap", arguments: ["Europe/Oslo", "Asia/Tokyo", "Etc/UTC"])
    func cut(name: String) throws {
        let whole = try bytes(name)
        for length in 0..<whole.count {
            #expect(throws: ZoneFile.Fault.self, "\(length) of \(whole.count) bytes") {
                try ZoneFile.periods(of: Array(whole.prefix(length)))
            }
        }
        _ = try ZoneFile.periods(of: whole)
    }

    @Test("A file with changed bytes is refused or read, and never a trap", arguments: (0..<20).map { Seed($0) })
    func mutated(seed: Seed) throws {
        var random = seed
        let whole = try bytes("America/New_York")
        for _ in 0..<50 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            guard let periods = try? ZoneFile.periods(of: bytes) else { continue }
            for _ in 0..<20 {
                let seconds = Int64.random(in: -10_000_000_000...100_000_000_000, using: &random)
                _ = periods.instant(local: seconds, overlap: .later)
                _ = periods.style(at: seconds)
            }
        }
    }

    @Test("A file that counts leap seconds is refused by name")
    func leapSeconds() throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/right/UTC") else { return }
        #expect(throws: ZoneFile.Fault(reason: "it counts leap seconds, which PostgreSQL and the internet do not")) {
            try ZoneFile.periods(of: bytes("right/UTC"))
        }
    }

    @Test("A file of version 1 is refused, because it ends in 2037")
    func versionOne() throws {
        var bytes = try bytes("Europe/Oslo")
        bytes[4] = 0
        #expect(throws: ZoneFile.Fault(reason: "it is of version 1, which ends in 2037")) {
            try ZoneFile.periods(of: bytes)
        }
    }
}
