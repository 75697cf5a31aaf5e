import Foundation
import Mail
import Runtime
import SupplierTestSupport
import Synchronization
import WebTestSupport

/// A supplier without a system: its people come in by the links that are mailed to them, read in the portal with a
/// browser, and write there. Where an answer does not reach them they send the same form once more.
final class PortalSystem: CarriedSystem {
    /// What they want to write.
    struct Writing {
        let exchange: UUID
        let act: String
        let text: String
    }

    struct Desk {
        var held: [PlayedTicket] = []
        var links: [String] = []
        var writings: [Writing] = []
        var faults: [PlayedFault] = []
        var browser: Browser?
    }

    static let address = "noc@fjordnett.example"

    let clock: ManualTime
    let desk: Shelf
    private let sink: MailSink

    /// What lies before them.
    final class Shelf: Sendable { let content = Mutex(Desk()) }

    init(clock: ManualTime) throws {
        let desk = Shelf()
        (self.clock, self.desk) = (clock, desk)
        sink = try MailSink(domain: "fjordnett.example") { content in
            let text = MessageParser().parse(content).text
            guard let link = text.firstMatch(of: /\/supplier\/portal\/pass\?pass=\S+/) else { return }
            desk.content.withLock { $0.links.append(String(link.output)) }
        }
    }

    var members: [String: Any] { ["connector": "portal", "contact": Self.address, "language": "en"] }

    func run<Answer: Sendable>(_ body: () async throws -> Answer) async throws -> Answer { try await sink.run(body) }

    func misbehave(_ fault: PlayedFault) { sink.misbehave(fault) }

    func misbehaveWriting(_ fault: PlayedFault) {
        sink.misbehave(fault)
        desk.content.withLock { $0.faults.append(fault) }
    }

    var held: [PlayedTicket] { desk.content.withLock(\.held) }

    func say(_ text: String, on exchange: UUID) {
        write("note", text, on: exchange) {
            PlayedTicket($0.exchange, $0.state, $0.notes + [.init(text, isOurs: false)])
        }
    }

    func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        let (act, words) =
            switch state {
            case .open: ("note", "On our way.")
            case .waiting: ("question", "Which one?")
            case .resolved, .closed: ("solution", "A new cable.")
            case .withdrawn: ("return", "Not ours.")
            }
        write(act, words, on: exchange) { PlayedTicket($0.exchange, state, $0.notes) }
    }

    /// - Parameter change: what they have of it as soon as they know what they are going to write.
    private func write(
        _ act: String, _ text: String, on exchange: UUID, change: (PlayedTicket) -> PlayedTicket
    ) {
        desk.content.withLock { desk in
            desk.held = desk.held.map { $0.exchange == exchange ? change($0) : $0 }
            desk.writings.append(Writing(exchange: exchange, act: act, text: text))
        }
    }

    func messenger(of shared: SharedDesk) throws -> any Messenger {
        let site = try TestSite(publicURL: "https://desk.example", keys: shared.keys, time: shared.time)
        desk.content.withLock { $0.browser = site.browser() }
        return PortalVisits(desk: desk, letters: try LetterWorker(of: shared, to: sink), site: site)
    }
}
