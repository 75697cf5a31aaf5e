import Runtime
import Testing

@Suite("Bells", .timeLimit(.minutes(5)))
struct BellTests {
    @Test("A ring before the wait is not lost, and several are one")
    func remembers() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.wait()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            bell.ring()
        }
    }

    @Test("Cancellation ends a wait")
    func cancellation() async {
        let bell = Bell()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            group.cancelAll()
        }
    }
}
