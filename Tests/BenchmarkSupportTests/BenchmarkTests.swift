import JSON
import Testing

@testable import BenchmarkSupport

@Suite("Benchmarks")
struct BenchmarkTests {
    @Test("Options are read, and what is none is named")
    func options() throws {
        let options = try BenchmarkOptions(["--json", "--seconds", "2.5", "--peers"], seconds: 20)
        #expect(options.isJSON && options.withPeers && options.seconds == 2.5)
        #expect(try BenchmarkOptions([], seconds: 20).seconds == 20)
        for words in [["--seconds"], ["--seconds", "many"], ["--seconds", "-1"], ["--fast"]] {
            let fault = #expect(throws: BenchmarkFault.self) { try BenchmarkOptions(words, seconds: 20) }
            #expect(fault?.description.contains(words[0]) == true)
        }
    }

    @Test("The figures are one JSON object for scripts and a table for people")
    func figures() throws {
        let benchmark = Benchmark("queue", options: BenchmarkOptions(seconds: 1))
        benchmark.record(
            Figure(
                "drain", 51_200, "jobs/s", against: "pgbench claim+complete, batch 100", other: 60_400,
                goal: .ratioAtLeast(0.6)))
        benchmark.record(Figure("claim p99", 1.23456, "ms"))
        #expect(
            benchmark.json.text
                == #"{"bench":"queue","figures":[{"name":"drain","value":51200,"unit":"jobs/s","#
                + #""against":"pgbench claim+complete, batch 100","other":60400,"ratio":0.8477,"goal":">= 0.6","#
                + #""met":true},{"name":"claim p99","value":1.235,"unit":"ms","against":null,"other":null,"#
                + #""ratio":null,"goal":null,"met":null}]}"#)
        let lines = benchmark.table.split(separator: "\n")
        #expect(lines.count == 3 && lines[1].hasSuffix(">= 0.6  met") && lines[2].contains("1.235 ms"))
    }

    @Test(
        "A goal is met or not",
        arguments: [
            (Goal.atLeast(5), 5.0, nil, true), (.atLeast(5), 4.9, nil, false),
            (.atMost(5), 5.1, nil, false), (.ratioAtLeast(0.5), 3, 4.0, true),
            (.ratioAtLeast(0.5), 3, nil, false), (.ratioAtMost(0.5), 3, 4, false),
            (.either(.atLeast(5), .ratioAtLeast(0.5)), 3, 4, true),
        ])
    func goals(goal: Goal, value: Double, other: Double?, isMet: Bool) {
        #expect(Figure("f", value, "u", other: other, goal: goal).met == isMet)
    }

    @Test("Everyone has a turn in each round, and the median counts")
    func rounds() async throws {
        let benchmark = Benchmark("turns", options: BenchmarkOptions(seconds: 0.1))
        var turns: [String] = []
        func contender(_ name: String, _ results: [Double]) -> Contender {
            var left = ([0] + results)[...]
            return Contender(name) { _ in
                turns.append(name)
                return left.popFirst() ?? .nan
            }
        }
        let medians = try await benchmark.medians([contender("a", [9, 1, 5]), contender("b", [2, 2, 8])], rounds: 3)
        #expect(medians == [5, 2])
        #expect(turns == ["a", "b", "a", "b", "a", "b", "a", "b"])
        #expect(Benchmark.median([1, 2, 3, 10]) == 2.5)
        #expect(Benchmark.percentile(0.99, of: (1...200).map(Double.init)) == 198)
        #expect(Benchmark.percentile(0.5, of: [7]) == 7)
    }

    @Test("The rate of a contender is work per second of processor time")
    func perCore() async throws {
        var sum: UInt64 = 0
        let contender = Contender.perCore("add") {
            for number in 0..<10_000 { sum &+= UInt64(number) }
            return 10_000
        }
        #expect(try await contender.measure(.milliseconds(20)) > 100_000)
        #expect(sum > 0)
    }
}
