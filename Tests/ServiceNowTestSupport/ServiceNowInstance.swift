public import HTTP
public import JSON
import Moments
public import Runtime
import Sockets
import Synchronization

/// A supplier's ServiceNow instance as far as tickets are exchanged with it: its token endpoint, the Table API on
/// incidents and their journal, and attachments, with the habits and faults that such instances have. Its people are
/// played by the test.
public final class ServiceNowInstance: Sendable {
    public let traits: Traits
    let time: ManualTime
    let content: Mutex<Content>
    private let server: HTTPServer
    private let loops: EventLoopGroup
    private let stop = StopSignal()

    /// How such instances differ for good.
    public struct Traits: Sendable {
        /// For how long a token holds, in seconds.
        public var tokenLifetime: Int64 = 1_799
        public var clientID = "desk"
        public var clientSecret = "their-client-secret"
        /// Whom requests act for, and the password of Basic.
        public var user = "desk.integration"
        public var password = "their-password"
        /// Whether a condition that it does not understand finds nothing, instead of being passed over.
        public var isStrictAboutQueries = false
        /// Fields that a condition names in vain, because they are not there or may not be read.
        public var hiddenFields: Set<String> = []
        /// The most rows of one page, whatever is asked for.
        public var page = 10_000

        public init() {}
    }

    /// What it does wrong with one request.
    public enum Fault: Hashable, Sendable {
        /// It refuses, without having done anything.
        case status(Int, retryAfter: String? = nil)
        /// A page for people: it is being upgraded, or asleep.
        case maintenancePage(Int = 200)
        /// It does what it is asked, and a proxy in front of it gives up waiting.
        case lateAnswer
        /// It does what it is asked, and the answer is cut off.
        case cutAnswer
        /// A proxy in front of it sends the request twice.
        case twice
    }

    /// A row of a table: every value is a text.
    typealias Row = [String: String]

    struct Content {
        var incidents: [Row] = []
        var journal: [Row] = []
        var attachments: [(row: Row, bytes: [UInt8])] = []
        var tokens: [String: Moment] = [:]
        var faults: [Fault?] = []
        var calls: [Call] = []
        var count = 0

        mutating func next() -> Int {
            count += 1
            return count
        }
    }

    /// A request that came in.
    public struct Call: Sendable {
        public let method: HTTP.Method
        public let path: String
        public let query: [String: String]
        public let body: JSON
    }

    public init(traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup) throws {
        (self.traits, self.time, self.loops) = (traits, time, loops)
        content = Mutex(Content())
        let box = Box()
        let methods: [HTTP.Method] = [.get, .post, .put, .patch, .delete]
        let endpoints = methods.flatMap { method in
            ["/api/now/*rest", "/oauth_token.do"].map { pattern in
                pattern.hasSuffix("rest")
                    ? Endpoint<Void>(method, pattern) { (request: Request, _: Void, _: String) in
                        box.instance.withLock { $0 }?.answer(request) ?? Response(.serviceUnavailable)
                    }
                    : Endpoint<Void>(method, pattern) { (request: Request, _: Void) in
                        box.instance.withLock { $0 }?.answer(request) ?? Response(.serviceUnavailable)
                    }
            }
        }
        server = HTTPServer(
            try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)), router: Router(Door(endpoints: endpoints)),
            loops: loops)
        box.instance.withLock { $0 = self }
    }

    /// The endpoints are made before there is an instance that they could speak of.
    private final class Box: Sendable {
        let instance = Mutex<ServiceNowInstance?>(nil)
    }

    public var port: UInt16 { server.address.port ?? 0 }
    public var url: String { "http://127.0.0.1:\(port)" }

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

    /// What it does wrong with the next requests, the first one first; nil for one with which it does nothing wrong.
    /// Asking for a token is none of them.
    public func misbehave(_ faults: Fault?...) { content.withLock { $0.faults += faults } }

    /// No token that was given out holds any longer.
    public func revokeTokens() { content.withLock { $0.tokens = [:] } }

    public var calls: [Call] { content.withLock(\.calls) }

    /// In UTC, as the instance writes times.
    var now: String { Self.text(time.now) }

    static func text(_ moment: Moment) -> String {
        moment.rfc3339(fractionDigits: 0).replacing("T", with: " ").replacing("Z", with: "")
    }
}
