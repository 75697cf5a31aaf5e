public import DeskSuppliers
public import HTTP
public import JSON
import Moments
public import Runtime
import Sockets
import Synchronization

/// A supplier's system that speaks TMF621, on a port of its own, with the faults that such systems have. Its people are
/// played by the test.
public final class TroubleTicketSystem: Sendable {
    public let version: TroubleTicketVersion
    public let traits: Traits
    let time: ManualTime
    let content: Mutex<Content>
    private let server: HTTPServer
    private let loops: EventLoopGroup
    private let stop = StopSignal()

    /// How such systems differ for good.
    public struct Traits: Sendable {
        /// The token that it asks for.
        public var token = "their-token"
        /// Whether it knows `cancel`, `close` and `reopen` of MEF 124.
        public var hasOperations = true
        /// Whether it passes over conditions of a list that it does not know, and answers with all there is.
        public var ignoresConditions = false
        /// How many tickets it puts into a list unless it is asked for fewer.
        public var page = 20
        /// Whether an event tells no more than which ticket it is about.
        public var tellsIDsAlone = false
        /// Whether a note gets an identity of its own in place of the one that it was sent with.
        public var renamesNotes = true
        /// Its words for states, where they are none of the standard's.
        public var states: [TroubleTicketStatus: String] = [:]

        public init() {}
    }

    /// What it does wrong with one request.
    public enum Fault: Hashable, Sendable {
        /// It refuses, without having done anything.
        case status(Int, retryAfter: String? = nil)
        /// A page for people, with a status of success.
        case maintenancePage
        /// It does what it is asked, and the answer is cut off.
        case cutAnswer
        /// It does what it is asked, and a proxy in front of it gives up waiting.
        case lateAnswer
        /// It will do it, and says nothing more: 202 without content.
        case accepted
        /// A proxy in front of it sends the request twice.
        case twice
    }

    struct Content {
        var tickets: [TroubleTicket] = []
        var listeners: [(id: String, callback: String, query: HubQuery)] = []
        var events: [Notice] = []
        var faults: [Fault?] = []
        var calls: [Call] = []
        var count = 0
    }

    /// A request that came in.
    public struct Call: Sendable {
        public let method: HTTP.Method
        public let path: String
        public let body: JSON
    }

    /// An event for a listener that has not been sent.
    public struct Notice: Sendable {
        public let callback: String
        public let event: TroubleTicketEvent
    }

    public init(
        _ version: TroubleTicketVersion = .v5, traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup
    ) throws {
        (self.version, self.traits, self.time, self.loops) = (version, traits, time, loops)
        content = Mutex(Content())
        let box = Box()
        server = HTTPServer(
            try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)),
            router: Router(
                Door(
                    endpoints: [.get, .post, .patch, .delete].map { method in
                        Endpoint<Void>(method, "\(version.path)/*rest") { (request: Request, _: Void, rest: String) in
                            guard let system = box.system.withLock({ $0 }) else { return Response(.serviceUnavailable) }
                            return system.answer(request, at: rest.split(separator: "/").map(String.init))
                        }
                    })), loops: loops)
        box.system.withLock { $0 = self }
    }

    /// The endpoints are made before there is a system that they could speak of.
    private final class Box: Sendable {
        let system = Mutex<TroubleTicketSystem?>(nil)
    }

    public var port: UInt16 { server.address.port ?? 0 }

    /// Where the interface begins.
    public var url: String { "http://127.0.0.1:\(port)\(version.path)" }

    /// Answers while `body` runs.
    public func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        let (server, stop) = (server, stop)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: loops.next()) { try await server.run(until: stop) }
            let answer = try await body()
            stop.raise()
            try await group.waitForAll()
            return answer
        }
    }

    /// What it does wrong with the next requests, the first one first; nothing where it is nil.
    public func misbehave(_ faults: Fault?...) { content.withLock { $0.faults += faults } }

    public var tickets: [TroubleTicket] { content.withLock(\.tickets) }
    public var calls: [Call] { content.withLock(\.calls) }
    public var listeners: [String] { content.withLock { $0.listeners.map(\.callback) } }
}
