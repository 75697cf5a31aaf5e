public import DeskSuppliers
import Moments
public import Runtime
public import SupplierTestSupport
import Synchronization

/// A supplier's system that speaks TMF621, on a port of its own, with the faults that such systems have. Its people are
/// played by the test.
public final class TroubleTicketSystem: Sendable {
    public let version: TroubleTicketVersion
    public let traits: Traits
    public let clock: ManualTime
    public let server: PlayedServer
    let content: Mutex<Content>

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
        /// Whether it keeps a file in the ticket as it was sent, and shows it there, instead of telling where it is.
        public var keepsFilesInTickets = false
        /// Whether it has a hub at which listeners are registered.
        public var takesListeners = true
        /// Whether it says who attached a file.
        public var tellsWhoAttached = true
        /// The most bytes of one file.
        public var largestFile = 1_000_000
        /// The types of files that it does not take.
        public var refusedTypes: Set<String> = ["application/x-msdownload"]

        public init() {}
    }

    struct Content {
        var tickets: [TroubleTicket] = []
        var listeners: [(id: String, callback: String, query: HubQuery)] = []
        var events: [Notice] = []
        var count = 0
    }

    /// An event for a listener that has not been sent.
    public struct Notice: Sendable {
        public let callback: String
        public let event: TroubleTicketEvent
    }

    public init(
        _ version: TroubleTicketVersion = .v5, traits: Traits = Traits(), time: ManualTime, loops: EventLoopGroup
    ) throws {
        (self.version, self.traits, clock) = (version, traits, time)
        content = Mutex(Content())
        server = try PlayedServer(loops: loops)
        server.serve(self)
    }

    /// Where the interface begins.
    public var url: String { server.url + version.path }

    public var tickets: [TroubleTicket] { content.withLock(\.tickets) }
    public var listeners: [String] { content.withLock { $0.listeners.map(\.callback) } }
}
