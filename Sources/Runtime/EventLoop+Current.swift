import CSystem
import Glibc

extension EventLoop {
    /// The loop whose thread this is; nil on any other thread.
    public static var current: EventLoop? { CurrentLoop.get() }

    /// Stops the program if this code does not run on the loop's thread: what it touches would be torn.
    public func assertCurrent() {
        precondition(isCurrent, "This belongs to the thread of \(name); reach it with run, spawn or execute.")
    }

    /// As the runtime asks before `assumeIsolated` on an actor of this loop.
    public func checkIsolated() {
        assertCurrent()
    }

    /// As the runtime asks before `assumeIsolated` on an actor of this loop.
    public func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}

/// The loop of each thread, kept by the thread.
enum CurrentLoop {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    static func set(_ loop: EventLoop?) {
        pthread_setspecific(key, loop.map { Unmanaged.passUnretained($0).toOpaque() })
    }

    static func get() -> EventLoop? {
        pthread_getspecific(key).map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Starts a thread that shows the first 15 bytes of `name` to the system's tools.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Start {
        let name: String
        let body: @Sendable () -> Void

        init(_ name: String, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(name, body))
    let code = pthread_create(
        &thread, nil,
        { argument in
            guard let argument else { return nil }
            let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
            pthread_setname_np(pthread_self(), String(decoding: start.name.utf8.prefix(15), as: UTF8.self))
            start.body()
            return nil
        }, start.toOpaque())
    precondition(code == 0, "The system refused another thread: \(String(cString: strerror(code))).")
    return thread
}
