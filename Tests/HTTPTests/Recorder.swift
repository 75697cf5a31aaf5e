import Synchronization

/// What happened, in order, for a test to look at afterwards.
final class Recorder: Sendable {
    private let notes = Mutex<[String]>([])

    func add(_ note: String) { notes.withLock { $0.append(note) } }

    var all: [String] { notes.withLock { $0 } }
}
