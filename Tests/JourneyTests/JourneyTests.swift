import Glibc
import HTTP
import Testing

extension RealProcessTests {
    @Suite("The journey of tickets through the real programs")
    struct JourneyTests {
        @Test("Mail and request go from the door to the figures, each once; programs say how they are, and end well")
        func withoutFaults() async throws {
            try await RunningDesk.run(ending: SIGTERM) { desk in
                try await Verdict(desk: desk, journeys: desk.playTwo()).check()
                #expect(desk.programs.values.allSatisfy { $0.starts == 1 })
                for (program, port) in desk.ports.health {
                    for path in ["livez", "readyz", "metrics"] {
                        #expect(try await desk.health(path, port) == .ok, "/\(path) of \(program.rawValue)")
                    }
                }
            }
        }
    }
}

/// All tests with real processes, one after the other: they share two processors with each other.
@Suite("Real processes", .serialized)
enum RealProcessTests {}
