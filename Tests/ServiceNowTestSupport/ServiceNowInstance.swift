import Moments
public import Runtime
public import SupplierTestSupport
import Synchronization

/// A supplier's ServiceNow instance as far as tickets are exchanged with it: its token endpoint, the Table API on
/// incidents and their journal, and attachments, with the habits and faults that such instances have. Its people are
/// played by the test.
public final class ServiceNowInstance: Sendable {
    public let traits: Traits
    public let clock: ManualTime
    public let server: PlayedServer
    let content: Mutex<Content>

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
        /// The most bytes of one file.
        public var largestFile = 1_000_000
        /// The endings of names that no file may have.
        public var refusedEndings: Set<String> = ["exe"]

        public init() {}
    }

    /// A row of a table: every value is a text.
    typealias Row = [String: String]

    struct Content {
        var incidents: [Row] = []
        var journal: [Row] = []
        var attachments: [(row: Row, bytes: [UInt8])] = []
        var tokens: [String: Moment] = [:]
        var count = 0

        mutating func next() -> Int {
            count += 1
            return count
        }
    }

    public init(traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup) throws {
        (self.traits, clock) = (traits, time)
        content = Mutex(Content())
        server = try PlayedServer(loops: loops)
        server.serve(self)
    }

    public var url: String { server.url }

    /// No token that was given out holds any longer.
    public func revokeTokens() { content.withLock { $0.tokens = [:] } }

    /// In UTC, as the instance writes times.
    var now: String { Self.text(clock.now) }

    static func text(_ moment: Moment) -> String {
        moment.rfc3339(fractionDigits: 0).replacing("T", with: " ").replacing("Z", with: "")
    }
}
