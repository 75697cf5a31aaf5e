import Testing

@testable import Postgres

@Suite("The state of a pool")
struct PoolStateTests {
    private typealias State = PoolState<String>
    private let start = ContinuousClock.now

    private func later(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    private func ask(_ state: inout State, _ caller: Int, at milliseconds: Int = 0) -> [String] {
        told(state.ask(caller, until: later(milliseconds + 5_000), at: later(milliseconds)))
    }

    private func told(_ actions: [State.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .lend(let connection, let caller): "lend \(connection) to \(caller)"
            case .refuse(let caller, .exhausted): "refuse \(caller): exhausted"
            case .refuse(let caller, .closed): "refuse \(caller): closed"
            case .refuse(let caller, .unreachable(let report)): "refuse \(caller): \(report)"
            case .open: "open"
            case .close(let connection): "close \(connection)"
            case .finished: "finished"
            }
        }
    }

    @Test("opens connections up to its limit, and then lends in the order in which callers came")
    func order() {
        var state = State(limit: 2)
        #expect(ask(&state, 1) == ["open"])
        #expect(ask(&state, 2) == ["open"])
        #expect(ask(&state, 3) == [])
        #expect(told(state.opened("a", at: start)) == ["lend a to 1"])
        #expect(told(state.opened("b", at: start)) == ["lend b to 2"])
        #expect(ask(&state, 4) == [])
        #expect(told(state.giveBack("b", isUsable: true, at: start)) == ["lend b to 3"])
        #expect(told(state.giveBack("a", isUsable: true, at: start)) == ["lend a to 4"])
    }

    @Test("serves first whom a connection suits, and passes nobody over more than eight times")
    func suits() {
        var state = State(limit: 1)
        #expect(ask(&state, 1) == ["open"])
        #expect(told(state.opened("a", at: start)) == ["lend a to 1"])
        for caller in 2...4 { #expect(ask(&state, caller) == []) }
        var served: [String] = []
        for caller in 10..<24 {
            let actions = state.ask(caller, until: later(5_000), at: start) { $0 == "a" }
            #expect(actions.isEmpty)
            served += told(state.giveBack("a", isUsable: true, at: start))
        }
        let wanted = [10, 11, 12, 13, 14, 15, 16, 17, 2, 3, 4, 18, 19, 20]
        #expect(served == wanted.map { "lend a to \($0)" })
    }

    @Test("replaces a broken connection if somebody waits for one")
    func replaces() {
        var state = State(limit: 1)
        _ = ask(&state, 1)
        _ = state.opened("a", at: start)
        _ = ask(&state, 2)
        #expect(told(state.giveBack("a", isUsable: false, at: start)) == ["close a", "open"])
        #expect(told(state.opened("b", at: start)) == ["lend b to 2"])
        #expect(told(state.giveBack("b", isUsable: true, at: start)) == [])
        #expect(told(state.drop(at: start) { $0 == "b" }) == ["close b"])
        let idle = state.take { _ in true }
        #expect(idle == nil)
    }

    @Test("refuses at once while the last attempt has just failed, and tries again after the pause")
    func failsFast() {
        var state = State(limit: 3)
        #expect(ask(&state, 1) == ["open"])
        #expect(ask(&state, 2) == ["open"])
        #expect(told(state.failedToOpen("gone", pause: .milliseconds(100), at: start)) == [])
        let refused = ["refuse 1: gone", "refuse 2: gone"]
        #expect(told(state.failedToOpen("gone", pause: .milliseconds(100), at: start)) == refused)
        #expect(ask(&state, 3, at: 99) == ["refuse 3: gone"])
        #expect(ask(&state, 4, at: 100) == ["open"])
        #expect(ask(&state, 5, at: 100) == [], "one attempt at a time is enough")
        #expect(told(state.opened("a", at: later(101))) == ["lend a to 4", "open"])
    }

    @Test("goes on with the connections that it has when another cannot be opened")
    func keepsWhatItHas() {
        var state = State(limit: 2)
        _ = ask(&state, 1)
        _ = state.opened("a", at: start)
        #expect(ask(&state, 2) == ["open"])
        #expect(told(state.failedToOpen("full", pause: .milliseconds(100), at: start)) == [])
        #expect(told(state.giveBack("a", isUsable: true, at: later(1))) == ["lend a to 2"])
    }

    @Test("tries again after the pause for those who wait, though no connection comes back")
    func triesAgain() {
        var state = State(limit: 3)
        _ = ask(&state, 1)
        _ = state.opened("a", at: start)
        #expect(ask(&state, 2) == ["open"])
        _ = state.failedToOpen("full", pause: .milliseconds(100), at: start)
        #expect(ask(&state, 3, at: 10) == [])
        #expect(state.nextLook == later(100))
        #expect(told(state.look(at: later(99))) == [])
        #expect(told(state.look(at: later(100))) == ["open"])
        #expect(state.nextLook == later(5_000), "what is under way is waited for")
        _ = state.failedToOpen("full", pause: .milliseconds(200), at: later(110))
        #expect(state.nextLook == later(310))
        #expect(told(state.look(at: later(310))) == ["open"])
        #expect(told(state.opened("b", at: later(320))) == ["lend b to 2", "open"])
    }

    @Test("refuses those who have waited long enough and no others")
    func expires() {
        var state = State(limit: 1)
        _ = ask(&state, 1)
        _ = state.opened("a", at: start)
        _ = ask(&state, 2, at: 0)
        _ = ask(&state, 3, at: 10)
        #expect(state.nextLook == later(5_000))
        #expect(told(state.look(at: later(4_999))) == [])
        #expect(told(state.look(at: later(5_009))) == ["refuse 2: exhausted"])
        let (first, second) = (state.withdraw(3), state.withdraw(3))
        #expect(first && !second)
        #expect(told(state.look(at: later(9_000))) == [])
    }

    @Test("is finished when it is closed and everything has come back")
    func closes() {
        var state = State(limit: 2)
        _ = ask(&state, 1)
        _ = ask(&state, 2)
        _ = state.opened("a", at: start)
        #expect(told(state.close(at: start)) == ["refuse 2: closed"])
        #expect(ask(&state, 3) == ["refuse 3: closed"])
        #expect(told(state.opened("b", at: start)) == ["close b"])
        #expect(told(state.giveBack("a", isUsable: true, at: start)) == ["close a", "finished"])
    }
}
