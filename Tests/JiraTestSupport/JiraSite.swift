public import HTTP
public import JSON
import Moments
public import Runtime
import Sockets
import Synchronization

/// A supplier's Jira on a port of its own, with the habits and faults that such sites have. Its people are played by
/// the test.
public final class JiraSite: Sendable {
    public let traits: Traits
    let time: ManualTime
    let content: Mutex<Content>
    private let server: HTTPServer
    private let loops: EventLoopGroup
    private let stop = StopSignal()

    /// How such sites differ for good.
    public struct Traits: Sendable {
        /// Whether it is the cloud: documents of ADF, `/rest/api/3`, and the search without totals.
        public var isCloud = true
        public var email = "desk@customer.example"
        public var token = "their-token"
        public var project = "SUP"
        /// Whether the project has a service desk, which takes requests and knows internal comments.
        public var hasServiceDesk = false
        /// How long the index takes to know of an issue, in seconds.
        public var indexLag = 0
        /// How many issues a page has, whatever is asked for.
        public var page = 50
        /// Whether a list of comments tells their properties.
        public var tellsProperties = true
        /// Where each status leads.
        public var workflow: [Status: [Status]] = Traits.simple
        /// The resolutions that a way to an end demands; none where it demands none.
        public var resolutions: [String] = []

        public static let simple: [Status: [Status]] = [
            .open: [.inProgress, .done, .canceled], .inProgress: [.waiting, .done, .canceled],
            .waiting: [.inProgress, .canceled], .done: [.reopened, .closed], .reopened: [.inProgress, .done],
        ]

        public init() {}
    }

    /// A status of the workflow, and its category.
    public struct Status: Hashable, Sendable {
        public let name: String
        public let category: String

        public init(_ name: String, _ category: String) { (self.name, self.category) = (name, category) }

        public static let open = Status("Open", "new")
        public static let inProgress = Status("In Progress", "indeterminate")
        public static let waiting = Status("Waiting for customer", "indeterminate")
        public static let reopened = Status("Reopened", "indeterminate")
        public static let done = Status("Done", "done")
        public static let closed = Status("Closed", "done")
        public static let canceled = Status("Canceled", "done")
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
        /// A proxy in front of it sends the request twice.
        case twice
        /// Somebody moves the issue while the request is on its way.
        case movedMeanwhile(Status)
    }

    struct Content {
        var issues: [Issue] = []
        var faults: [(method: HTTP.Method, end: String, fault: Fault)] = []
        var calls: [Call] = []
        var count = 10_000

        mutating func next() -> String {
            count += 1
            return String(count)
        }
    }

    /// A request that came in.
    public struct Call: Sendable {
        public let method: HTTP.Method
        public let path: String
        public let body: JSON
    }

    public init(traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup) throws {
        (self.traits, self.time, self.loops) = (traits, time, loops)
        content = Mutex(Content())
        let box = Box()
        let methods: [HTTP.Method] = [.get, .post, .put, .delete]
        let endpoints = methods.map { method in
            Endpoint<Void>(method, "/rest/*rest") { (request: Request, _: Void, _: String) in
                box.site.withLock { $0 }?.answer(request) ?? Response(.serviceUnavailable)
            }
        }
        server = HTTPServer(
            try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0)), router: Router(Door(endpoints: endpoints)),
            loops: loops)
        box.site.withLock { $0 = self }
    }

    /// The endpoints are made before there is a site that they could speak of.
    private final class Box: Sendable {
        let site = Mutex<JiraSite?>(nil)
    }

    public var url: String { "http://127.0.0.1:\(server.address.port ?? 0)" }

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

    /// What it does wrong with the next request of a kind.
    ///
    /// - Parameter end: how the path of the request ends.
    public func misbehave(_ method: HTTP.Method, _ end: String, _ fault: Fault) {
        content.withLock { $0.faults.append((method, end, fault)) }
    }

    public var issues: [Issue] { content.withLock(\.issues) }
    public var calls: [Call] { content.withLock(\.calls) }
}
