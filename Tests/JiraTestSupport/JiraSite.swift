public import HTTP
import Moments
public import Runtime
public import SupplierTestSupport
import Synchronization

/// A supplier's Jira on a port of its own, with the habits and faults that such sites have. Its people are played by
/// the test.
public final class JiraSite: Sendable {
    public let traits: Traits
    public let clock: ManualTime
    public let server: PlayedServer
    let content: Mutex<Content>

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
        /// The most bytes of one file.
        public var largestFile = 1_000_000
        /// Whether attachments are switched on, and may be made by the account.
        public var takesFiles = true

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

    struct Content {
        var issues: [Issue] = []
        /// Where somebody moves the issue while the next request for a transition is on its way.
        var move: Status?
        var count = 10_000

        mutating func next() -> String {
            count += 1
            return String(count)
        }
    }

    public init(traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup) throws {
        (self.traits, clock) = (traits, time)
        content = Mutex(Content())
        server = try PlayedServer(loops: loops)
        server.serve(self)
    }

    public var url: String { server.url }

    /// What it does wrong with the next request of a kind.
    ///
    /// - Parameter end: how the path of the request ends.
    public func misbehave(_ method: HTTP.Method, _ end: String, _ fault: PlayedFault) {
        server.plan(fault) { $0.method == method && $0.path.hasSuffix(end) }
    }

    /// Somebody moves the issue while the next request for a transition is on its way.
    public func moveMeanwhile(to status: Status) { content.withLock { $0.move = status } }

    public var issues: [Issue] { content.withLock(\.issues) }
}
