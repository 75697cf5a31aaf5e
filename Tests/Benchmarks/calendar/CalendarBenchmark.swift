import BenchmarkSupport
import Desk
import Dispatch
import Foundation
import Moments
import Synchronization

@main
enum CalendarBenchmark {
    static func main() async {
        await Benchmark.main("calendar", seconds: 20) { benchmark in
            let calendar = try OfficeHours.make()
            let foundation = try FoundationHours(calendar.definition)
            try await elapsed(benchmark, calendar, foundation)
            try await lengths(benchmark, calendar)
            try await adding(benchmark, calendar, foundation)
            try await others(benchmark, calendar)
        }
    }

    private static func elapsed(
        _ benchmark: Benchmark, _ calendar: BusinessCalendar, _ foundation: FoundationHours
    ) async throws {
        let spans = try Spans(count: 4096, from: "2026-01-01T00:00:00Z", days: 14)
        for (ours, theirs) in zip(spans.ours, spans.foundation).prefix(256) {
            let seconds = Double(calendar.elapsed(from: ours.start, to: ours.end)) / 1e6
            guard seconds == foundation.elapsed(from: theirs.start, to: theirs.end) else {
                throw BenchmarkFault("Foundation has another answer for \(ours.start) to \(ours.end)")
            }
        }
        var peer = spans.foundation[...]
        let medians = try await benchmark.medians(
            [
                ours("elapsed", calendar, spans),
                .perCore("Foundation") {
                    if peer.count < 64 { peer = spans.foundation[...] }
                    for span in peer.prefix(64) { keep(foundation.elapsed(from: span.start, to: span.end)) }
                    peer = peer.dropFirst(64)
                    return 64
                },
                Contender("elapsed, all cores") { allCores(calendar, spans, for: $0) },
            ], share: 0.6)
        benchmark.record(
            Figure(
                "elapsed, two weeks", medians[0], "questions/s per core", goal: .atLeast(500_000)))
        benchmark.record(
            Figure(
                "elapsed, two weeks", medians[0], "questions/s per core", against: "Foundation's Calendar",
                other: medians[1], goal: .ratioAtLeast(50)))
        benchmark.record(
            Figure(
                "elapsed, one calendar on all cores", medians[2], "questions/s per core", against: "one core",
                other: medians[0], goal: .atLeast(500_000)))
    }

    /// What a question costs by the length of its span.
    private static func lengths(_ benchmark: Benchmark, _ calendar: BusinessCalendar) async throws {
        let lengths = [("one week", 7), ("three years", 1096), ("ten years", 3653), ("fifty years", 18_263)]
        let contenders = try lengths.map { name, days in
            ours(name, calendar, try Spans(count: 4096, from: "2026-01-01T00:00:00Z", days: days))
        }
        let nanoseconds = try await benchmark.medians(contenders, share: 0.2).map { 1e9 / $0 }
        for (length, cost) in zip(lengths, nanoseconds).dropFirst() {
            benchmark.record(
                Figure(
                    "elapsed, \(length.0)", cost, "ns", against: "one week", other: nanoseconds[0],
                    goal: .ratioAtMost(10)))
        }
    }

    private static func adding(
        _ benchmark: Benchmark, _ calendar: BusinessCalendar, _ foundation: FoundationHours
    ) async throws {
        let spans = try Spans(count: 4096, from: "2026-01-01T00:00:00Z", days: 14)
        let medians = try await benchmark.medians(
            [
                .perCore("add 40 hours") {
                    for span in spans.ours { keep(try calendar.adding(seconds: 144_000, to: span.start)) }
                    return spans.ours.count
                },
                .perCore("Foundation") {
                    for span in spans.foundation.prefix(64) { keep(foundation.adding(144_000, to: span.start)) }
                    return 64
                },
            ], share: 0.15)
        benchmark.record(
            Figure(
                "add, 40 hours", medians[0], "questions/s per core", against: "Foundation's Calendar",
                other: medians[1], goal: .ratioAtLeast(50)))
    }

    private static func others(_ benchmark: Benchmark, _ calendar: BusinessCalendar) async throws {
        let spans = try Spans(count: 4096, from: "2026-01-01T00:00:00Z", days: 14)
        let medians = try await benchmark.medians(
            [
                .perCore("next open") {
                    for span in spans.ours { keep(try calendar.nextOpen(at: span.start)) }
                    return spans.ours.count
                },
                .perCore("first question of a calendar") {
                    let fresh = try OfficeHours.make()
                    keep(fresh.elapsed(from: spans.ours[0].start, to: spans.ours[0].end))
                    return 1
                },
            ], share: 0.05)
        benchmark.record(Figure("next open", medians[0], "questions/s per core"))
        benchmark.record(Figure("read a calendar, and its first question", 1e6 / medians[1], "us"))
    }

    private static func ours(_ name: String, _ calendar: BusinessCalendar, _ spans: Spans) -> Contender {
        .perCore(name) { ask(calendar, spans) }
    }

    private static func ask(_ calendar: BusinessCalendar, _ spans: Spans) -> Int {
        for span in spans.ours { keep(calendar.elapsed(from: span.start, to: span.end)) }
        return spans.ours.count
    }

    /// Every core asks the same calendar at once; the mean of their rates.
    private static func allCores(_ calendar: BusinessCalendar, _ spans: Spans, for duration: Duration) -> Double {
        let cores = max(2, ProcessInfo.processInfo.activeProcessorCount)
        let rates = Mutex<[Double]>([])
        DispatchQueue.concurrentPerform(iterations: cores) { _ in
            let rate = Contender.rate(for: duration) { ask(calendar, spans) }
            rates.withLock { $0.append(rate) }
        }
        return rates.withLock { $0.reduce(0, +) / Double(cores) }
    }

    /// A result that nobody reads would let the compiler leave the work out.
    @inline(never) @_optimize(none)
    private static func keep<Result>(_ result: Result) {}
}
