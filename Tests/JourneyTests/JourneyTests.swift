import Glibc
import Testing

extension RealProcessTests {
    @Suite("The journey of tickets through the real programs")
    struct JourneyTests {
        @Test("A mail and a request go from the door to the figures, each once, and every program ends well when asked")
        func withoutFaults() async throws {
            try await RunningDesk.run(ending: SIGTERM) { desk in
                try await Verdict(desk: desk, journeys: desk.playTwo()).check()
                #expect(desk.programs.values.allSatisfy { $0.starts == 1 })
            }
        }
    }
}

/// All tests with real processes, one after the other: they share two processors with each other.
@Suite("Real processes", .serialized)
enum RealProcessTests {}
