import Desk
import DeskMail
import Foundation
import Mail
import Secrets
import Testing

@Suite("Reply addresses")
struct ReplyAddressTests {
    private let keys = MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32)))
    private let others = MasterKeys(id: "2", key: SecretKey(bytes: Array(repeating: 2, count: 32)))

    @Test("What is written can be read again, whatever a mail system does to the case of its letters")
    func roundTrip() throws {
        let writer = ReplyAddress(keys)
        for _ in 0..<50 {
            let ticket = UUID()
            let address = writer.address(for: ticket, at: "reply.norrsken.example", named: "Desk")
            #expect(address.local.utf8.count <= 64)
            #expect(writer.ticket(in: address.specification) == ticket)
            #expect(writer.ticket(in: address.specification.uppercased()) == ticket)
        }
    }

    @Test("An address with one letter changed, or made under another key, names no ticket")
    func forged() {
        let writer = ReplyAddress(keys)
        let local = writer.address(for: UUID(), at: "x.example", named: "").local
        #expect(ReplyAddress(others).ticket(in: local + "@x.example") == nil)
        for place in local.indices.dropFirst(5) {
            var changed = Array(local)
            let offset = local.distance(from: local.startIndex, to: place)
            changed[offset] = changed[offset] == "a" ? "b" : "a"
            #expect(writer.ticket(in: String(changed) + "@x.example") == nil, "letter \(offset) of \(local)")
        }
    }

    @Test("What reports go to names the letter and the person, whoever he is, and fits into an address")
    func bounces() throws {
        let writer = BounceAddress(keys)
        for number in [1, 255, 256, 70_000, 1 << 40, .max] as [Int64] {
            let id = LetterID(letter: UUID(), person: PersonID(number))
            let address = writer.address(for: id, at: "reply.norrsken.example")
            #expect(address.local.utf8.count <= 64)
            #expect(writer.letter(in: address.specification.uppercased()) == id)
            #expect(BounceAddress(others).letter(in: address.specification) == nil)
            // A code for one purpose is none for another.
            #expect(ReplyAddress(keys).ticket(in: address.specification.replacing("bounce+", with: "desk+")) == nil)
        }
        let reply = ReplyAddress(keys).address(for: UUID(), at: "x.example", named: "").specification
        #expect(writer.letter(in: reply) == nil)
        #expect(writer.letter(in: reply.replacing("desk+", with: "bounce+")) == nil)
    }

    @Test("A letter's Message-ID says which letter it is and for whom")
    func letterID() throws {
        let id = LetterID(letter: UUID(), person: PersonID(42))
        #expect(LetterID(id.text(at: "reply.norrsken.example")) == id)
        #expect(LetterID("<other@host>") == nil)
    }
}
