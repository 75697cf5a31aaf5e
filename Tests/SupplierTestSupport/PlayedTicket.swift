public import Desk
public import Foundation

/// A ticket of a supplier's system as far as all such systems have the same.
public struct PlayedTicket: Sendable {
    public enum State: String, CaseIterable, Sendable {
        case open, waiting, resolved, closed, withdrawn
    }

    /// What stands on it, and whether the desk has written it.
    public struct Note: Hashable, Sendable {
        public let text: String
        public let isOurs: Bool

        public init(_ text: String, isOurs: Bool) { (self.text, self.isOurs) = (text, isOurs) }
    }

    public let exchange: UUID
    public let state: State
    /// In the order in which they were written.
    public let notes: [Note]

    public init(_ exchange: UUID, _ state: State, _ notes: [Note]) {
        (self.exchange, self.state, self.notes) = (exchange, state, notes)
    }
}

/// A file at a ticket of a supplier's system.
public struct PlayedFile: Hashable, Sendable {
    public let name: String
    public let type: String
    public let bytes: [UInt8]

    public init(_ name: String, type: String, _ bytes: [UInt8]) {
        (self.name, self.type, self.bytes) = (name, type, bytes)
    }
}

extension PlayedTicket.State {
    /// Whether the desk may have the exchange in a state while the supplier has its ticket in this one.
    public func agrees(with state: SupplierState) -> Bool {
        switch self {
        case .open: [.sent, .acknowledged, .inProgress].contains(state)
        case .waiting: state == .waitingForUs
        case .resolved, .closed: state == .resolved
        case .withdrawn: state == .withdrawn || state == .rejected
        }
    }
}

extension PlayedTicket.State {
    /// What its people make of it when they hear of something, as far as all do the same.
    public mutating func hear(_ kind: SupplierMessage.Kind) {
        switch kind {
        case .referral, .question, .reopening: self = .open
        case .answer: if self == .waiting { self = .open }
        case .withdrawal: self = .withdrawn
        case .closure: self = .closed
        case .note, .change, .escalation: break
        }
    }
}
