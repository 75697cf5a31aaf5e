import Desk
import DeskMail
import DeskSuppliers
import Foundation
import HTTP
import Mail
import Moments
import Runtime
import Secrets
import Sockets
import Synchronization

/// Those outside the desk: a mail server that counts what it gets, and suppliers that listen. What they answer is set
/// before the desk speaks to them, so that nothing depends on when they are heard.
final class Outside: Sendable {
    /// Signs what the desk says to suppliers.
    static let secret = WebhookSecret.random()

    private struct State {
        var letters: [LetterID: Arrivals] = [:]
        var strangeLetters = 0
        var post: [Letter] = []
        var heard: [Heard] = []
        var moods: [Mood] = []
        var feeds: [String: FeedAnswer] = [:]
    }

    /// How often a letter came to somebody, and how often the answer said so.
    struct Arrivals: Sendable {
        var count = 0
        var acknowledged = 0
    }

    /// A letter of the desk in somebody's mailbox.
    struct Letter: Sendable {
        let id: LetterID
        let messageID: String
        let recipient: String
        /// Where answers go, and where reports go.
        let from: String
        let returnPath: String
    }

    /// What a supplier's system was told.
    struct Heard: Sendable {
        let supplier: String
        let event: CloudEvent<DeskMessage>
        /// Whether the answer was one that says so.
        let isTaken: Bool
    }

    /// How those outside answer.
    enum Mood: String, CaseIterable, Sendable {
        /// Takes it and says so.
        case fine
        /// Takes nothing now.
        case busy
        /// Takes it, and the answer says that it did not.
        case confused
    }

    private let state = Mutex(State())
    private let mailListener: Listener
    private let supplierListener: Listener
    private let loops: EventLoopGroup

    init(loops: EventLoopGroup) throws {
        self.loops = loops
        mailListener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
        supplierListener = try Listener.bind(.tcp(.v4(0x7F00_0001), port: 0))
    }

    var mailPort: UInt16 { mailListener.address.port ?? 0 }
    var supplierPort: UInt16 { supplierListener.address.port ?? 0 }

    /// What programs call others with; those outside live on this machine.
    func client() throws -> HTTPClient {
        HTTPClient(
            loops: loops, resolver: Resolver(offload: Offload(width: 1)), tls: try TLSContext(),
            rules: OutboundRules(allowing: [CIDR("127.0.0.0/8")].compactMap(\.self)))
    }

    /// How often each letter came to each person.
    ///
    /// - Parameter survivor: who somebody is, who may have been merged into another since.
    func letters(of survivor: (Int64) -> Int64) -> [String: Arrivals] {
        let letters = state.withLock { $0.letters }
        let named = letters.map { id, arrivals in
            ("letter \(id.letter.uuidString.lowercased()) to person \(survivor(id.person.rawValue))", arrivals)
        }
        return Dictionary(named) { one, other in
            Arrivals(count: max(one.count, other.count), acknowledged: one.acknowledged + other.acknowledged)
        }
    }

    /// Mails that no letter was written as.
    var strangeLetters: Int { state.withLock { $0.strangeLetters } }

    /// What suppliers were told since the last time.
    func listen() -> [Heard] {
        state.withLock { state in
            defer { state.heard = [] }
            return state.heard
        }
    }

    /// The letters that came since the last time.
    func readPost() -> [Letter] {
        state.withLock { state in
            defer { state.post = [] }
            return state.post
        }
    }

    /// Sets what a feed answers from now on.
    func set(_ answer: FeedAnswer, at code: String) { state.withLock { $0.feeds[code] = answer } }

    /// Sets how the next ones who are spoken to answer; those after them are fine.
    func expect(_ moods: [Mood]) { state.withLock { $0.moods = moods } }

    private func nextMood(_ state: inout State) -> Mood { state.moods.isEmpty ? .fine : state.moods.removeFirst() }

    /// Listens while `body` runs.
    func run(_ body: () async throws -> Void) async throws {
        let mail = LMTPServer(
            .smtp, on: mailListener, hostName: "mx.example", loops: loops, accept: { _ in nil },
            deliver: { [self] envelope, content in
                let message = MessageParser().parse(content)
                let id = message.messageID.flatMap { LetterID($0) }
                let mood = state.withLock { state in
                    let mood = nextMood(&state)
                    if mood == .busy { return mood }
                    if id == nil { state.strangeLetters += 1 }
                    if let id {
                        state.letters[id, default: Arrivals()].count += 1
                        if mood == .fine { state.letters[id]?.acknowledged += 1 }
                        state.post.append(
                            Letter(
                                id: id, messageID: message.messageID ?? "",
                                recipient: envelope.recipients.first?.key ?? "",
                                from: message.from.first?.specification ?? "",
                                returnPath: envelope.sender?.specification ?? ""))
                    }
                    return mood
                }
                return envelope.recipients.map {
                    mood == .fine ? .delivered(to: $0, "kept") : SMTPReply(451, "4.3.0", "not now")
                }
            })
        let door = Door(endpoints: [
            Endpoint<Void>(.post, "/:code/events", body: .collected(limit: 1 << 20)) {
                [self] (request: Request, _: Void, supplier: String) async throws -> Response in
                let event = try CloudEvent<DeskMessage>(reading: request.body.bytes)
                let mood = state.withLock { state in
                    let mood = nextMood(&state)
                    if mood != .busy {
                        state.heard.append(Heard(supplier: supplier, event: event, isTaken: mood == .fine))
                    }
                    return mood
                }
                return Response(mood == .fine ? .accepted : .serviceUnavailable)
            },
            Endpoint<Void>(.get, "/feeds/:code") {
                [self] (request: Request, _: Void, code: String) async throws -> Response in
                state.withLock { $0.feeds[code] }?.response(to: request) ?? Response(.notFound)
            },
        ])
        let http = HTTPServer(supplierListener, router: Router(door), loops: loops)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { stop.raise() }
            group.addTask(executorPreference: loops.next()) { try await mail.run(until: stop) }
            group.addTask(executorPreference: loops.next()) { try await http.run(until: stop) }
            try await body()
            stop.raise()
            try await group.waitForAll()
        }
    }
}
