import Glibc
import TallyTestSupport
import Testing

@testable import Runtime

@Suite("Signals of the system")
struct SignalWatchTests {
    @Test("A signal becomes a call on the loop, each time it arrives, whichever thread it hits")
    func calls() async throws {
        let loop = EventLoop(name: "under test")
        let heard = Tally<CInt>()
        let isHeard = [StopSignal(), StopSignal(), StopSignal()]
        try await loop.run { [loop] in
            try SignalWatch.start([SIGUSR1, SIGUSR2], on: loop) { signal in
                heard.note(signal)
                isHeard[heard.elements.count - 1].raise()
            }
        }
        for (signal, isHeard) in zip([SIGUSR1, SIGUSR2, SIGUSR1], isHeard) {
            kill(getpid(), signal)
            await isHeard.wait()
        }
        #expect(heard.elements == [SIGUSR1, SIGUSR2, SIGUSR1])
    }
}
