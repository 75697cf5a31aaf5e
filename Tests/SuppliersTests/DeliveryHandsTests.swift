import DeskTestSupport
import Moments
import Testing

@testable import Suppliers

@Suite("The deliveries that a worker has under way")
struct DeliveryHandsTests {
    private let monday = TestDesk.monday

    @Test("Half of them may be at one supplier, and the others' go on")
    func half() {
        let hands = DeliveryHands(8)
        for _ in 0..<4 { #expect(hands.take(for: "fjordnett", at: monday) == nil) }
        #expect(hands.take(for: "fjordnett", at: monday) == .milliseconds(250))
        #expect(hands.take(for: "printwerk", at: monday) == nil)
        hands.giveBack("fjordnett", since: monday)
        #expect(hands.take(for: "fjordnett", at: monday) == nil)
    }

    @Test("A supplier that does not answer holds a few, until one of its deliveries has ended")
    func slow() {
        let hands = DeliveryHands(32)
        let later = monday + .seconds(5)
        for _ in 0..<DeliveryHands.mostOfSlow { #expect(hands.take(for: "fjordnett", at: monday) == nil) }
        #expect(hands.take(for: "fjordnett", at: later) == .seconds(5))
        #expect(hands.take(for: "printwerk", at: later) == nil)
        hands.giveBack("fjordnett", since: monday)
        #expect(hands.take(for: "fjordnett", at: later) == nil)
        #expect(hands.take(for: "fjordnett", at: later) == .seconds(5))
        for _ in 1..<DeliveryHands.mostOfSlow { hands.giveBack("fjordnett", since: monday) }
        #expect(hands.take(for: "fjordnett", at: later) == nil)
    }

    @Test("A worker that has one at a time has one")
    func one() {
        let hands = DeliveryHands(1)
        #expect(hands.take(for: "fjordnett", at: monday) == nil)
        #expect(hands.take(for: "printwerk", at: monday) == nil)
        #expect(hands.take(for: "fjordnett", at: monday) != nil)
    }
}
