import DeskStore
import Foundation
import Runtime
import SeedTestSupport
import SupplierDeskTestSupport
import SupplierTestSupport

/// Carries to the desk what suppliers send by themselves: some of it gets lost and is sent again, some comes twice, and
/// what is about different tickets comes in any order. What is about one ticket is sent in its order: the next when the
/// one before has been acknowledged.
struct Speaker {
    private let desk: SupplierDesk
    private let company: Company
    private var random: Seed
    private var waiting: [(code: String, id: String, body: String)] = []
    private var repeats: [(code: String, id: String, body: String)] = []

    init(_ desk: SupplierDesk, _ company: Company, _ random: Seed) {
        (self.desk, self.company, self.random) = (desk, company, random)
    }

    mutating func run(until stop: StopSignal) async throws {
        while !stop.isRaised {
            try await SystemTime().wait(for: .milliseconds(100))
            for member in company.members {
                waiting += member.system.takeSaid().map { (member.code, $0.id, $0.body) }
            }
            var later: [(code: String, id: String, body: String)] = []
            var held: Set<String> = []
            // By the tickets, which come in any order.
            let groups = Dictionary(grouping: waiting) { said in
                said.body.split(separator: "\"exchange\":").last.map { String($0.prefix(40)) } ?? ""
            }
            for group in groups.sorted(by: { $0.key < $1.key }).map(\.value).shuffled(using: &random) {
                for said in group {
                    let isLost = Int.random(in: 0..<10, using: &random) == 0
                    if isLost { held.insert(said.id) }
                    if isLost || group.contains(where: { held.contains($0.id) }) {
                        later.append(said)
                        continue
                    }
                    try await say(said)
                    if Int.random(in: 0..<10, using: &random) == 0 { repeats.append(said) }
                }
            }
            waiting = later
            if Int.random(in: 0..<5, using: &random) == 0 {
                for said in repeats { try await say(said) }
                repeats = []
            }
        }
    }

    private func say(_ said: (code: String, id: String, body: String)) async throws {
        _ = try await desk.store.receive(said.body, messageID: said.id, from: desk.supplier(said.code))
    }
}
