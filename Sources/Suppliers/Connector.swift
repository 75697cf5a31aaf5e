import Desk
import DeskStore
import DeskSuppliers

/// How one kind of system is spoken with. Order, attempts, limits, the record and what is kept of it are the engine's:
/// a connector knows what is said, in which calls, and what the answers mean.
protocol Connector: Sendable {
    /// Carries one message over. Asked again after anything ambiguous it finds what it has placed, and places nothing
    /// twice.
    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered

    /// Whether their system has to be asked what has changed.
    var polls: Bool { get }

    /// What has changed on their side since the cursor; nil where they call us.
    ///
    /// - Parameter cursor: what the poll before gave; nil at the first.
    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled?

    /// Asks their system to tell us of news at an address; one that tells there already goes on with it.
    func register(listener address: String, over wire: Wire) async throws(Setback)

    /// What stands in a file that a poll has found.
    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8]

    /// What they hold of an exchange now; nil where that cannot be asked.
    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture?

    /// What one message from them says, as a door or a poll has kept it.
    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement]

    /// Tells another desk how far we are with a ticket that it gave us.
    func report(_ report: OutgoingReport, over wire: Wire) async throws(Setback)

    /// What another desk asks of us in a message; nil where it speaks of a ticket that we gave it.
    func request(in receipt: String) throws(UnreadableEvent) -> DeskMessage?
}

extension Connector {
    var polls: Bool { false }
    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled? { nil }
    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? { nil }

    func register(listener address: String, over wire: Wire) async throws(Setback) {
        throw .refused(because: "their people enter the address themselves")
    }

    func fetch(_ file: AttachedFile, over wire: Wire) async throws(Setback) -> [UInt8] {
        throw .refused(because: "files of such a supplier are not fetched")
    }

    func request(in receipt: String) throws(UnreadableEvent) -> DeskMessage? { nil }

    func report(_ report: OutgoingReport, over wire: Wire) async throws(Setback) {
        throw .refused(because: "the supplier is no other desk any more that could hear of a ticket it gave us")
    }
}

/// What came of a message that the other side has.
struct Delivered: Hashable, Sendable {
    /// The number that the supplier's people use, where the answer told it.
    var theirReference: String?
    /// What their system knows the ticket by.
    var remote: String?
    /// What their system knows by which names of all that was written: what comes back under one of them is our own.
    var written: [String] = []
    /// The files that their system does not take, each with the reason.
    var refusedFiles: [String] = []
    /// What the answer said beside, such as the state in which their ticket now is.
    var confirmed: [SupplierStatement.Content] = []
    /// By what terms it leaves as a letter; nil where their system has it.
    var leavesByMail: Supplier.Email?
}

/// What a poll has found.
struct Polled: Hashable, Sendable {
    /// Something that changed, kept as if it had come through a door.
    struct Receipt: Hashable, Sendable {
        /// The same whenever the same change is found again.
        let messageID: String
        let body: String
    }

    var receipts: [Receipt]
    /// What their people have attached.
    var files: [AttachedFile] = []
    /// Where the next poll begins.
    var cursor: String
}

/// What the other side holds of an exchange, to be compared with what we have.
struct Picture: Hashable, Sendable {
    /// In their word for it; nil where their ticket is gone.
    var state: String?
    /// Under which words the state is looked up that nobody has mapped, from the nearest.
    var broader: [String] = []
    /// The names of the notes that are there, as far as their system names them.
    var notes: [String] = []
    /// Whether that is something else than we have; nil where the word for the state tells.
    var differs: Bool?
    /// What another desk has told in vain of a ticket that it gave us.
    var request: DeskMessage?
}
