import HTTP
import Runtime
import SeedTestSupport
import SupplierTestSupport
import Synchronization

/// What becomes of requests to a supplier's system by chance, and how often what did.
final class Weather: Sendable {
    private let state: Mutex<(random: Seed, happened: [String: Int])>
    /// Whether the system can be told the same twice and keep it once, or let the desk take one away.
    private let bearsRepeats: Bool

    init(_ random: Seed, bearsRepeats: Bool) {
        state = Mutex((random, [:]))
        self.bearsRepeats = bearsRepeats
    }

    var happened: [String: Int] { state.withLock(\.happened) }

    func note(_ what: String) { state.withLock { $0.happened[what, default: 0] += 1 } }

    /// Of a hundred requests ten get lost, ten come twice, ten are overtaken by others and ten are late; others are
    /// refused, or are done and the answer is not heard.
    func fate(of request: Request) -> PlayedFate {
        state.withLock { state in
            var fate = PlayedFate()
            func happens(_ what: String) { state.happened[what, default: 0] += 1 }
            func milliseconds(_ range: ClosedRange<Int>) -> Duration {
                .milliseconds(Int.random(in: range, using: &state.random))
            }
            switch Int.random(in: 0..<1000, using: &state.random) {
            case 0..<100: fate.fault = .dropped
            case 100..<200:
                // Nobody may repeat a change of an entry that cannot be taken back, nor the sending of a file.
                let isFile = request.method == .post && request.path.contains("attachment")
                if bearsRepeats || request.method == .post, !isFile { fate.fault = .twice }
            case 200..<240: fate.fault = .status(500)
            case 240..<270: fate.fault = .status(429, retryAfter: "\(Int.random(in: 1...9, using: &state.random))")
            case 270..<285: fate.fault = .lateAnswer
            case 285..<300: fate.fault = .cutAnswer
            case 300..<310: fate.fault = .failedAnswer
            case 310..<313:
                // Longer than the desk waits for an answer.
                fate.silence = .seconds(13)
                happens("unanswered")
            default: break
            }
            if let fault = fate.fault { happens(fault.word) }
            switch Int.random(in: 0..<10, using: &state.random) {
            case 0:
                fate.delay = milliseconds(50...500)
                happens("late")
            case 1:
                fate.delay = milliseconds(500...1500)
                happens("overtaken")
            default: break
            }
            return fate
        }
    }
}

extension PlayedFault {
    fileprivate var word: String {
        switch self {
        case .status(let code, _): "\(code)"
        case .maintenancePage: "page for people"
        case .dropped: "dropped"
        case .cutAnswer: "answer cut"
        case .lateAnswer: "504 after it was done"
        case .failedAnswer: "500 after it was done"
        case .accepted: "202"
        case .twice: "twice"
        }
    }
}
