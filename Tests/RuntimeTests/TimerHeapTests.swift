import SeedTestSupport
import Testing

@testable import Runtime

@Suite("The heap of timers")
struct TimerHeapTests {
    private let loop = EventLoop(name: "unused")

    @Test("Timers come out by time, those of the same time in the order of their arming")
    func order() {
        var heap = TimerHeap()
        var fired: [Int] = []
        for (number, due) in [30, 10, 20, 10, 0, 25, 5, 5, 40, 15].enumerated() {
            heap.arm(LoopTimer(due: 0, loop: loop) { fired.append(number) }, due: UInt64(due))
        }
        #expect(heap.popDue(at: 4)?.place == -1)
        while let timer = heap.popDue(at: 100) { timer.action() }
        #expect(fired == [6, 7, 1, 3, 9, 2, 5, 0, 8])
        #expect(heap.count == 0)
    }

    @Test("A timer moved to a later time keeps its place until it would have been due")
    func postponed() {
        var heap = TimerHeap()
        let timer = LoopTimer(due: 0, loop: loop) {}
        heap.arm(timer, due: 10)
        for due in 11...10_000 { heap.arm(timer, due: UInt64(due)) }
        #expect(heap.count == 1)
        #expect(heap.popDue(at: 9_999) == nil)
        #expect(heap.popDue(at: 10_000) === timer)
    }

    @Test("Whatever is armed, moved and taken back, what comes out is what a sorted list would give")
    func model() {
        let seed = Seed.ofThisRun
        var generator = seed
        var heap = TimerHeap()
        let timers = (0..<200).map { _ in LoopTimer(due: 0, loop: loop) {} }
        var expected: [Int: UInt64] = [:]
        var now: UInt64 = 0
        for _ in 0..<20_000 {
            let number = Int.random(in: timers.indices, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<6:
                let due = now + UInt64.random(in: 1...1_000, using: &generator)
                heap.arm(timers[number], due: due)
                expected[number] = due
            case 6..<8:
                heap.remove(timers[number])
                expected[number] = nil
            default:
                now += UInt64.random(in: 0...100, using: &generator)
                var last: UInt64 = 0
                while let timer = heap.popDue(at: now) {
                    #expect(timer.due >= last, "\(seed)")
                    last = timer.due
                    let number = timers.firstIndex { $0 === timer }
                    #expect(number.flatMap { expected.removeValue(forKey: $0) } == timer.due, "\(seed)")
                }
                #expect(expected.values.allSatisfy { $0 > now }, "\(seed)")
            }
            #expect(heap.count == expected.count, "\(seed)")
        }
    }
}
