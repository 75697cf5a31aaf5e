import Glibc
import Testing

@testable import Runtime

@Suite("Signals of the system")
struct SignalWatchTests {
    @Test("A blocked signal becomes a call on the loop, each time it arrives")
    func calls() async throws {
        let loop = EventLoop(name: "under test")
        let heard = Recorder<CInt>()
        try await loop.run { [loop] in
            // Raised in this thread only, so that the rest of the test process never sees it.
            SignalWatch.block([SIGUSR1, SIGUSR2])
            try SignalWatch.start([SIGUSR1, SIGUSR2], on: loop) { heard.note($0) }
            for signal in [SIGUSR1, SIGUSR2, SIGUSR1] {
                raise(signal)
                for _ in 0..<4 { try await loop.sleep(for: .zero) }
            }
        }
        #expect(heard.all == [SIGUSR1, SIGUSR2, SIGUSR1])
    }
}
