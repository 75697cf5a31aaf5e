public import Foundation
import Runtime
public import SupplierTestSupport
import Synchronization

extension ServiceNowInstance: PlayedInterface {
    public var members: [String: Any] {
        [
            "connector": "servicenow", "url": url, "user": traits.user, "client": traits.clientID,
            "secrets": ["password": ["secret": "sn-password"], "client": ["secret": "sn-client"]],
            "record": ["caller_id": "desk"],
        ]
    }
    public var secrets: [String: String] { ["sn-password": traits.password, "sn-client": traits.clientSecret] }

    public func forget() { revokeTokens() }

    public var held: [PlayedTicket] {
        incidents.compactMap { row in
            guard let exchange = UUID(uuidString: row["correlation_id"] ?? "") else { return nil }
            let notes = playedNotes(of: row)
            return Self.areGivenUp(notes) ? nil : PlayedTicket(exchange, Self.state(of: row), notes)
        }
    }

    private func playedNotes(of row: Row) -> [PlayedTicket.Note] {
        journal.filter { $0["element_id"] == row["sys_id"] }.map {
            PlayedTicket.Note($0["value"] ?? "", isOurs: $0["sys_created_by"] == traits.user)
        }
    }

    /// Whether they tell that their incident was opened twice.
    private static func areGivenUp(_ notes: [PlayedTicket.Note]) -> Bool {
        notes.contains { $0.isOurs && $0.text.hasPrefix("Opened twice") }
    }

    public func files(of exchange: UUID) -> [PlayedFile] {
        let tickets = incidents.filter { row in
            UUID(uuidString: row["correlation_id"] ?? "") == exchange && !Self.areGivenUp(playedNotes(of: row))
        }.map { $0["sys_id"] }
        return content.withLock(\.attachments).filter { tickets.contains($0.row["table_sys_id"]) }.map {
            PlayedFile($0.row["file_name"] ?? "", type: $0.row["content_type"] ?? "", $0.bytes)
        }
    }

    public func say(_ text: String, on exchange: UUID) { change(exchange, ["comments": text]) }

    public func attach(_ file: PlayedFile, to exchange: UUID) {
        clock.advance(by: .seconds(1))
        let ours = incidents.first { UUID(uuidString: $0["correlation_id"] ?? "") == exchange }
        if let id = ours?["sys_id"] { keep(file, by: "their.agent", at: id) }
    }

    public func bring(_ exchange: UUID, into state: PlayedTicket.State) {
        switch state {
        case .open: change(exchange, ["state": "2", "hold_reason": ""])
        case .waiting: change(exchange, ["state": "3", "hold_reason": "1"])
        case .resolved:
            change(exchange, ["state": "6", "close_code": "Solution provided", "close_notes": "A new cable."])
        case .closed: change(exchange, ["state": "7"])
        case .withdrawn: change(exchange, ["state": "8"])
        }
    }

    private func change(_ exchange: UUID, _ values: [String: String]) {
        clock.advance(by: .seconds(1))
        let ours = incidents.first { UUID(uuidString: $0["correlation_id"] ?? "") == exchange }
        if let id = ours?["sys_id"] { change(id, values) }
    }

    private static func state(of row: Row) -> PlayedTicket.State {
        switch (row["state"], row["hold_reason"]) {
        case ("3", "1"): .waiting
        case ("6", _): .resolved
        case ("7", _): .closed
        case ("8", _): .withdrawn
        default: .open
        }
    }
}
