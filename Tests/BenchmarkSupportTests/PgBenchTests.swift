import Testing

@testable import BenchmarkSupport

@Suite("The floor of a benchmark")
struct PgBenchTests {
    @Test("The report of pgbench is read")
    func report() {
        let text = """
            transaction type: a.sql
            number of transactions actually processed: 1234
            latency average = 0.812 ms
            initial connection time = 3.1 ms
            tps = 1231.415927 (without initial connection time)
            """
        #expect(PgBench.result(in: text) == PgBench.Result(transactionsPerSecond: 1231.415927, latency: 0.812))
        #expect(PgBench.result(in: "pgbench: error") == nil)
    }

    @Test("A private server that commits to disk runs a script, and leaves nothing behind")
    func floor() async throws {
        let cluster = try await BenchmarkCluster.start(sharedBuffers: "32MB")
        let floor = PgBench(script: "select :number + 1;", variables: ["number": 41])
        let result = try await floor.run(cluster.connection(), for: .seconds(1))
        #expect(result.transactionsPerSecond > 10 && result.latency > 0)
        let broken = PgBench(script: "select 1 / 0;")
        await #expect(throws: BenchmarkFault.self) { try await broken.run(cluster.connection(), for: .seconds(1)) }
        await cluster.remove()
    }
}
