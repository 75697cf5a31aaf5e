public import HTTP
public import JSON
public import Runtime
import Sockets
import Synchronization

/// The server of a played system: a port of its own, what goes wrong on the way to it, and a list of what was asked.
public final class PlayedServer: Sendable {
    /// A request that came in.
    public struct Call: Sendable {
        public let method: HTTP.Method
        public let path: String
        public let query: [String: String]
        public let body: JSON
    }

    private struct State {
        weak var system: (any ServedSystem)?
        var calls: [Call] = []
        var planned: [(isMeant: @Sendable (Request) -> Bool, fault: PlayedFault?)] = []
        var whim: (@Sendable (Request) -> PlayedFate)?
        var life = StopSignal()
        var pause = Duration.zero
    }

    private let state = Mutex(State())
    private let first: Listener
    private let loops: EventLoopGroup
    private let stop = StopSignal()

    public init(loops: EventLoopGroup) throws {
        self.loops = loops
        first = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
    }

    public var port: UInt16 { first.address.port ?? 0 }
    public var url: String { "http://127.0.0.1:\(port)" }
    public var calls: [Call] { state.withLock(\.calls) }

    /// Has it serve a system: as long as there is somebody who plays it.
    public func serve(_ system: any ServedSystem) { state.withLock { $0.system = system } }

    /// What goes wrong with the next request that is meant; nothing with it where the fault is nil.
    public func plan(_ fault: PlayedFault?, with isMeant: @escaping @Sendable (Request) -> Bool) {
        state.withLock { $0.planned.append((isMeant, fault)) }
    }

    /// What becomes of all requests for which nothing is planned, from now on.
    public func leaveToChance(_ whim: (@Sendable (Request) -> PlayedFate)?) { state.withLock { $0.whim = whim } }

    /// Ends the server, and starts it anew after a while; what it only had in memory is gone.
    public func restart(after pause: Duration) {
        let life = state.withLock { state in
            state.pause = pause
            return state.life
        }
        life.raise()
    }

    /// Answers while `body` runs.
    public func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: loops.next()) { try await self.live() }
            let answer = try await body()
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }

    /// One life after the other, until it is stopped.
    private func live() async throws {
        let registration = stop.onRaise { self.state.withLock(\.life).raise() }
        defer { registration.cancel() }
        var listener = first
        while true {
            let life = state.withLock(\.life)
            try await HTTPServer(listener, router: Router(Door(endpoints: endpoints)), loops: loops).run(until: life)
            if stop.isRaised { return }
            let (pause, system) = state.withLock { state in
                state.life = StopSignal()
                return (state.pause, state.system)
            }
            system?.forget()
            _ = try await stop.untilRaised { try await SystemTime().wait(for: pause) }
            if stop.isRaised { return }
            listener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: port))
        }
    }

    private var endpoints: [Endpoint<Void>] {
        let methods: [HTTP.Method] = [.get, .post, .put, .patch, .delete]
        return methods.map { method in
            Endpoint<Void>(method, "/*rest") { [weak self] (request: Request, _: Void, _: String) in
                guard let self else { return Response(.serviceUnavailable) }
                let fate = fate(of: request)
                if fate.delay > .zero { try await SystemTime().wait(for: fate.delay) }
                let response = answer(request, fate.fault)
                if fate.silence > .zero { try await SystemTime().wait(for: fate.silence) }
                return response
            }
        }
    }

    /// Answers a request that did not come over the wire.
    public func answer(_ request: Request) -> Response { answer(request, fate(of: request).fault) }

    private func fate(of request: Request) -> PlayedFate {
        let (whim, planned) = state.withLock { state -> ((@Sendable (Request) -> PlayedFate)?, PlayedFate?) in
            guard state.system?.isExposed(request) ?? false else { return (nil, PlayedFate()) }
            let place = state.planned.firstIndex { $0.isMeant(request) }
            return (state.whim, place.map { PlayedFate(state.planned.remove(at: $0).fault) })
        }
        return planned ?? whim?(request) ?? PlayedFate()
    }

    private func answer(_ request: Request, _ fault: PlayedFault?) -> Response {
        let body = (try? JSON.parse(request.body.bytes)) ?? .null
        let query = Dictionary(request.query.pairs.map { ($0.name, $0.value) }) { $1 }
        let system = state.withLock { state in
            if state.system?.isExposed(request) ?? false {
                state.calls.append(Call(method: request.method, path: request.path, query: query, body: body))
            }
            return state.system
        }
        guard let system else { return Response(.serviceUnavailable) }
        return switch fault {
        case nil: system.work(request, body)
        case let fault?: fault.answer(of: system, to: request, body)
        }
    }
}

extension PlayedFault {
    private struct Cut: Error {}

    fileprivate func answer(of system: any ServedSystem, to request: Request, _ body: JSON) -> Response {
        switch self {
        case .status(let code, let wait):
            var response = system.refusal(code)
            response.fields[.retryAfter] = wait
            return response
        case .maintenancePage(let code):
            var page = Response(html: "<html><body>We are back soon.</body></html>")
            page.status = Status(code)
            return page
        case .dropped, .cutAnswer:
            if self == .cutAnswer { _ = system.work(request, body) }
            return Response(.ok, body: .stream(length: 1_000) { _ in throw Cut() })
        case .lateAnswer, .failedAnswer:
            _ = system.work(request, body)
            return system.refusal(self == .lateAnswer ? 504 : 500)
        case .accepted:
            _ = system.work(request, body)
            return Response(.accepted)
        case .twice:
            _ = system.work(request, body)
            return system.work(request, body)
        }
    }
}
