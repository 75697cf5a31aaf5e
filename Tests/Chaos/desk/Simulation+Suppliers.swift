import Desk
import DeskStore
import DeskSuppliers
import Foundation
import Moments
import SeedTestSupport

/// What a supplier is going to say.
struct SupplierWords {
    let supplier: String
    let statement: SupplierStatement
    /// The identity of the message, by which one that comes twice is known.
    let id: String
}

/// What suppliers have been told, and how much they have said.
struct SupplierScript {
    /// By exchange, the sequence numbers in the order in which they were first heard.
    var heard: [UUID: [String]] = [:]
    var seen: [String: Int] = [:]
    var excused: Set<String> = []
    var said = 0
}

/// Suppliers acknowledge, ask, solve, return, keep silent, say things twice and in any order.
extension Simulation {
    /// Takes in what suppliers were told, and plans what they say to it.
    func hearSuppliers() {
        for heard in world.outside.listen() {
            suppliers.seen[heard.event.id, default: 0] += 1
            if !heard.isTaken { suppliers.excused.insert(heard.event.id) }
            guard suppliers.seen[heard.event.id] == 1 else { continue }
            let message = heard.event.payload
            suppliers.heard[message.exchange, default: []].append(heard.event.sequence ?? "")
            planAnswers(to: message, of: heard.supplier)
        }
    }

    private func planAnswers(to message: DeskMessage, of supplier: String) {
        func say(_ content: SupplierStatement.Content, after hours: ClosedRange<Int>) {
            suppliers.said += 1
            let words = SupplierWords(
                supplier: supplier, statement: SupplierStatement(exchange: message.exchange, content),
                id: "said-\(suppliers.said)")
            let at = now + .seconds(Int.random(in: hours, using: &random) * 600)
            agenda.plan(.supplierSpeaks(words), at: at)
            if Int.random(in: 0..<8, using: &random) == 0 { agenda.plan(.supplierSpeaks(words), at: at + .seconds(90)) }
        }
        switch message.kind {
        case .withdrawal:
            if Int.random(in: 0..<4, using: &random) == 0 { say(.resolved("Done all the same."), after: 0...20) }
        case .note, .change, .closure, .escalation: break
        case .referral, .answer, .question, .reopening:
            let manner = Int.random(in: 0..<10, using: &random)
            // Some say nothing at all.
            if manner == 0 { return }
            if manner != 1 { say(.acknowledged(reference: "R-\(suppliers.said)"), after: 0...30) }
            if manner < 4 { say(.asked("Which cable?"), after: 5...60) }
            if manner == 4 { say(.noted("We look at it."), after: 5...60) }
            if manner > 2 {
                let isSolved = Int.random(in: 0..<3, using: &random) > 0
                say(isSolved ? .resolved("A new cable.") : .returned(nil), after: 0...200)
            }
        }
    }

    func speak(_ words: SupplierWords) async throws {
        let event = CloudEvent(
            id: words.id, source: "https://supplier.example", subject: nil, time: now, sequence: nil,
            payload: words.statement)
        guard let supplier = try await world.intake.directory().suppliers[words.supplier] else { return }
        let isKept = try await tolerate("supplier's words") {
            try await self.world.intake.receive(event.text, messageID: words.id, from: supplier)
        }
        // Whoever gets no answer says it again.
        if isKept == nil { agenda.plan(.supplierSpeaks(words), at: now + .seconds(60)) }
    }
}
