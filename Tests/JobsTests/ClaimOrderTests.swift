import Testing

@testable import Jobs

@Suite("The order in which lanes and priorities are looked at")
struct ClaimOrderTests {
    @Test("Each pair is looked at once in each claim")
    func completeness() {
        var order = ClaimOrder()
        for _ in 0..<100 {
            let (lanes, priorities) = order.next(lanes: [7, 8, 9])
            let pairs = zip(lanes, priorities).map { "\($0) \($1)" }
            #expect(pairs.count == 12)
            #expect(Set(pairs).count == 12)
        }
    }

    @Test("Seven of eight claims begin with the urgent, and each other priority begins one of 24")
    func shares() {
        var order = ClaimOrder()
        var firsts: [JobPriority: Int] = [:]
        for _ in 0..<240 { firsts[order.next(lanes: [1]).priorities[0], default: 0] += 1 }
        #expect(firsts == [.urgent: 210, .normal: 10, .low: 10, .bulk: 10])
    }

    @Test("Each lane is the first of its priority as often as the others")
    func rotation() {
        var order = ClaimOrder()
        var firsts: [Int32: Int] = [:]
        for _ in 0..<300 { firsts[order.next(lanes: [1, 2, 3]).lanes[0], default: 0] += 1 }
        #expect(firsts == [1: 100, 2: 100, 3: 100])
    }

    @Test("Without lanes nothing is asked")
    func nothing() {
        var order = ClaimOrder()
        #expect(order.next(lanes: []).lanes.isEmpty)
    }
}
