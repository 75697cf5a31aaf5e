public import DeskSuppliers
public import Foundation
public import HTTP
public import JSON
public import Runtime

/// What answers behind a played server.
public protocol ServedSystem: AnyObject, Sendable {
    /// Does what it is asked.
    func work(_ request: Request, _ body: JSON) -> Response
    /// Says no, in its own words.
    func refusal(_ code: Int) -> Response
    /// Whether a request is one of those with which things go wrong.
    func isExposed(_ request: Request) -> Bool
    /// What it only had in memory is gone: it is started anew.
    func forget()
}

extension ServedSystem {
    public func refusal(_ code: Int) -> Response { Response(Status(code)) }
    public func isExposed(_ request: Request) -> Bool { true }
    public func forget() {}
}

/// A supplier's system that a test plays: what an exam or an ordeal needs of it, whatever it speaks.
public protocol PlayedSystem: AnyObject, Sendable {
    /// Its clock.
    var clock: ManualTime { get }

    /// What the supplier has in the organisation document, beside what every supplier has.
    var members: [String: Any] { get }
    /// The values of the secrets that these name.
    var secrets: [String: String] { get }

    /// Takes and answers what comes while `body` runs.
    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer
    /// What goes wrong with the next thing that comes.
    func misbehave(_ fault: PlayedFault)
    /// What goes wrong with the next thing that is to change something.
    func misbehaveWriting(_ fault: PlayedFault)
    /// What goes wrong with the next request for what stands in a file.
    func misbehaveGivingFiles(_ fault: PlayedFault)
    /// What it was asked.
    var calls: [PlayedServer.Call] { get }

    /// What it has of each exchange, the oldest first, without what was opened twice and given up for that.
    var held: [PlayedTicket] { get }
    /// What was opened twice and given up for that: what its people wrote there, before it was or later, counts too.
    var givenUp: [PlayedTicket] { get }
    /// The files at what it has of an exchange, the oldest first, without those of what was given up.
    func files(of exchange: UUID) -> [PlayedFile]
    /// Its people write on a ticket.
    func say(_ text: String, on exchange: UUID)
    /// Its people attach a file to a ticket.
    func attach(_ file: PlayedFile, to exchange: UUID)
    /// Its people bring a ticket into a state.
    func bring(_ exchange: UUID, into state: PlayedTicket.State)
    /// The files that the desk has named and that it wants to fetch now.
    var wanted: [SharedFile] { get }
    /// Gives it a file that it wanted.
    func take(_ bytes: [UInt8], of file: SharedFile)
    /// What it sends to the desk by itself since it was last asked: by the identity of each message.
    func takeSaid() -> [(id: String, body: String)]
}

extension PlayedSystem {
    public var secrets: [String: String] { [:] }
    public var calls: [PlayedServer.Call] { [] }
    public func misbehaveGivingFiles(_ fault: PlayedFault) {}
    public var givenUp: [PlayedTicket] { [] }
    public func takeSaid() -> [(id: String, body: String)] { [] }
    public func files(of exchange: UUID) -> [PlayedFile] { [] }
    public func attach(_ file: PlayedFile, to exchange: UUID) {}
    public var wanted: [SharedFile] { [] }
    public func take(_ bytes: [UInt8], of file: SharedFile) {}
}

/// A supplier's system that the desk speaks to over HTTP.
public protocol PlayedInterface: PlayedSystem, ServedSystem {
    /// Where it is reached, and what goes wrong on the way.
    var server: PlayedServer { get }

    /// Whether a request is to change something.
    func isWriting(_ request: Request) -> Bool
}

extension PlayedInterface {
    public func isWriting(_ request: Request) -> Bool { request.method != .get }

    public func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer {
        try await server.run(body)
    }

    public func misbehave(_ fault: PlayedFault) { server.plan(fault) { _ in true } }

    /// What goes wrong with the next requests, the first one first; nothing where it is nil.
    public func misbehave(_ faults: PlayedFault?...) { for fault in faults { server.plan(fault) { _ in true } } }

    public func misbehaveWriting(_ fault: PlayedFault) {
        server.plan(fault) { [weak self] request in self?.isWriting(request) ?? false }
    }

    public func misbehaveGivingFiles(_ fault: PlayedFault) {
        server.plan(fault) { $0.method == .get && $0.path.contains("attachment/") }
    }

    public var calls: [PlayedServer.Call] { server.calls }
}
