import BenchmarkSupport
import Testing

@Suite("How an ordeal is asked to run")
struct OrdealOptionsTests {
    @Test("The options are read, and a seed is drawn where none is given")
    func read() throws {
        let given = try #require(OrdealOptions(["--seed", "7", "--json", "--seconds", "15"], seconds: 600))
        #expect(given.seed == 7 && given.isJSON && given.seconds == 15)
        let drawn = try #require(OrdealOptions([], seconds: 600))
        #expect(drawn.seconds == 600 && !drawn.isJSON && drawn.seed > 0)
    }

    @Test(
        "What is not understood is not guessed",
        arguments: [["--seconds"], ["--seconds", "0"], ["--seed", "x"], ["--tickets", "5"]])
    func unknown(words: [String]) {
        #expect(OrdealOptions(words, seconds: 600) == nil)
    }
}
