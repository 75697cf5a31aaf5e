import DeskSuppliers
public import Foundation
public import SupplierTestSupport

extension TroubleTicketSystem: PlayedInterface {
    public var members: [String: Any] {
        [
            "connector": "tmf621", "url": url, "version": version.rawValue,
            "secrets": ["token": ["secret": "their-token"]],
        ]
    }
    public var secrets: [String: String] { ["their-token": traits.token] }

    public var held: [PlayedTicket] { tickets.filter { !$0.isGivenUp }.compactMap(\.held) }
    public var givenUp: [PlayedTicket] { tickets.filter(\.isGivenUp).compactMap(\.held) }

    public func files(of exchange: UUID) -> [PlayedFile] {
        tickets.filter { !$0.isGivenUp && $0.exchange == exchange }.flatMap(\.attachments).map {
            PlayedFile($0.name ?? "", type: $0.mimeType ?? "", $0.content ?? [])
        }
    }

    public func say(_ text: String, on exchange: UUID) {
        if let id = id(of: exchange) { write(text, on: id) }
    }

    public func attach(_ file: PlayedFile, to exchange: UUID) {
        if let id = id(of: exchange) { attach(file, to: id) }
    }

    public func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        let states: [PlayedTicket.State: TroubleTicketStatus] = [
            .open: .inProgress, .waiting: .pending, .resolved: .resolved, .closed: .closed, .withdrawn: .rejected,
        ]
        if let id = id(of: exchange), let status = states[state] { move(id, to: status) }
    }

    private func id(of exchange: UUID) -> String? { tickets.first { !$0.isGivenUp && $0.exchange == exchange }?.id }
}

extension TroubleTicket {
    fileprivate var isGivenUp: Bool { statusChangeReason?.hasPrefix("Opened twice") == true }

    fileprivate var held: PlayedTicket? {
        let notes = notes.map { PlayedTicket.Note($0.text, isOurs: $0.source != .seller) }
        return exchange.map { PlayedTicket($0, played, notes) }
    }

    fileprivate var played: PlayedTicket.State {
        switch status.flatMap(TroubleTicketStatus.init(spelled:)) {
        case .pending?: .waiting
        case .resolved?: .resolved
        case .closed?: .closed
        case .cancelled?, .rejected?, .assessingCancellation?: .withdrawn
        case .acknowledged?, .held?, .inProgress?, .reopened?, nil: .open
        }
    }
}
