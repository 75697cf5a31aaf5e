import BenchmarkSupport
import Desk
import DeskStore
import Foundation
import Jobs
import Moments
import Postgres
import Runtime
import SeedTestSupport
import SupplierDeskTestSupport
import SupplierTestSupport

/// Both sides speak while nothing on the way can be relied on; then the weather clears up, and both must have the same.
final class Ordeal {
    let options: OrdealOptions
    private let desk: SupplierDesk
    private let company: Company
    private var random: Seed
    private(set) var affairs: [Affair] = []
    private(set) var replayed = 0

    /// How long it may take until both sides have the same once nothing goes wrong any more.
    private static let patience = Duration.seconds(300)

    init(_ options: OrdealOptions, _ desk: SupplierDesk, _ company: Company) {
        (self.options, self.desk, self.company) = (options, desk, company)
        random = Seed(options.seed)
    }

    /// Both sides speak for so long as was asked for, and then the desk takes some tickets back.
    func storm() async throws {
        company.setWeather(isBad: true)
        let end = ContinuousClock.now + .seconds(options.seconds)
        while ContinuousClock.now < end {
            try await act()
            try await SystemTime().wait(for: .milliseconds(Int.random(in: 10...150, using: &random)))
        }
        company.setWeather(isBad: false)
        try await settle()
        company.setWeather(isBad: true)
        for affair in affairs where Int.random(in: 0..<4, using: &random) == 0 { try await takeBack(affair) }
        try await SystemTime().wait(for: .seconds(min(10, Double(options.seconds) / 10)))
        company.setWeather(isBad: false)
    }

    private func act() async throws {
        let isMore = Int.random(in: 0..<6, using: &random) == 0
        guard let place = affairs.indices.randomElement(using: &random), !(isMore && affairs.count < 200) else {
            guard let member = company.members.randomElement(using: &random) else { return }
            let number = affairs.count + 1
            affairs.append(
                try await Affair.begin(number, at: desk, with: member, giving: file("ours-\(number).1.pdf")))
            return
        }
        let affair = affairs[place]
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: try await speak(on: place)
        case 4..<8:
            guard affair.isTheirs else { return }
            let words = "They say this. #\(place + 1).\(affair.theirs.count + 1)"
            affairs[place].say(words, giving: file("theirs-\(place + 1).\(affair.theirs.count + 1).png"))
        case 8: if affair.isTheirs { affair.member.system.bring(affair.exchange, into: .waiting) }
        default: if affair.isTheirs { affair.member.system.bring(affair.exchange, into: .resolved) }
        }
    }

    /// The desk answers, or gives a ticket again that was solved.
    private func speak(on place: Int) async throws {
        let affair = affairs[place]
        let words = "We say this. #\(place + 1).\(affair.ours.count + 1)"
        let files = [file("ours-\(place + 1).\(affair.ours.count + 1).pdf")].compactMap(\.self)
        for isReferral in [false, true] {
            do {
                try await desk.say(words, with: files.map(Upload.init), on: affair.ticket) { note in
                    isReferral
                        ? .referred(affair.supplier, note: note) : .supplierAnswered(affair.supplier, note: note)
                }
                affairs[place].ours.append(words)
                if affair.member.giving != .not { affairs[place].ourFiles += files }
                return
            } catch is Refusal {
                // The supplier does not have the ticket now, or has it already.
            }
        }
    }

    /// Some words bring a file along.
    private func file(_ name: String) -> PlayedFile? {
        guard Int.random(in: 0..<4, using: &random) == 0 else { return nil }
        let size = Int.random(in: 1...(Int.random(in: 0..<4, using: &random) == 0 ? 400_000 : 4_000), using: &random)
        let type = name.hasSuffix("pdf") ? "application/pdf" : "image/png"
        return PlayedFile(name, type: type, (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// What the supplier has begun with.
    private func takeBack(_ affair: Affair) async throws {
        if affair.held.first?.state == .open { affair.member.system.bring(affair.exchange, into: .open) }
        do {
            try await desk.say("It works again.", on: affair.ticket) { .recalled(affair.supplier, note: $0) }
        } catch is Refusal {
            // The supplier has solved it.
        }
    }

    /// Waits until nothing is under way any more and both sides have the same, or for as long as that may take.
    func settle() async throws {
        let end = ContinuousClock.now + Self.patience
        while true {
            try await SystemTime().wait(for: .milliseconds(500))
            try await desk.pass(.seconds(12 * 3600))
            for message in try await desk.store.parkedMessages() {
                try await desk.store.replay(message.id, to: message.supplier)
                replayed += 1
            }
            try await answerCrossed()
            if try await isSettled() || ContinuousClock.now > end { return }
        }
    }

    /// A question that crossed with an answer is still one to the desk: whoever is asked answers again.
    private func answerCrossed() async throws {
        let asked = try await desk.store.database.all(
            "select uuid from supplier_ticket where state = 'waiting_for_us' and ended_at is null", as: UUID.self)
        for place in affairs.indices where asked.contains(affairs[place].exchange) {
            if affairs[place].held.first?.state == .open { try await speak(on: place) }
        }
    }

    private func isSettled() async throws -> Bool {
        guard try await left() == 0 else { return false }
        return try await differences().isNone
    }

    /// Has all that is open compared with what the suppliers have, as every night.
    func reconcile() async throws {
        for member in company.members {
            try await desk.store.reconcile(desk.supplier(member.code), member.code)
        }
        try await settle()
    }

    /// Messages and receipts that are still under way.
    func left() async throws -> Int {
        try await desk.store.database.first(
            """
            select (select count(*) from supplier_message where sent_at is null)
                + (select count(*) from supplier_receipt where handled_at is null)
            """, as: Int.self) ?? 0
    }

    /// What suppliers said that did not fit.
    func refused() async throws -> [String] {
        try await desk.store.database.all(
            "select result from supplier_receipt where result like 'refused%' order by id", as: String.self)
    }

    func differences(_ tell: (String) -> Void = { _ in }) async throws -> Differences {
        var sum = Differences()
        for affair in affairs {
            let found = try await affair.differences(at: desk)
            if let words = found.words { tell(words) }
            sum = sum + found
        }
        return sum
    }
}

extension Affair {
    /// Whether the supplier's people may go on with it.
    fileprivate var isTheirs: Bool { held.first.map { [.open, .waiting].contains($0.state) } ?? false }
}
