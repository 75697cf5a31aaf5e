import Desk
import DeskStore
import JSON
import Moments

extension SupplierLine {
    /// How it does, in a line.
    func words(at now: Moment) -> String {
        switch admission(at: now) {
        case .open: failures == 0 ? "open" : "open; failed \(failures) times in a row: \(lastError ?? "")"
        case .probe: "closed until the next message shows how it does: \(lastError ?? "")"
        case .closed(let moment): "closed until \(moment.rfc3339): \(lastError ?? "")"
        case .paused(let reason): "paused since \(pausedAt?.rfc3339 ?? ""): \(reason)"
        }
    }

    func told(of supplier: Supplier) -> JSON {
        .object([
            "supplier": supplier.code, "connector": supplier.connector.word, "failures": failures,
            "failing_since": failingSince?.rfc3339, "last_error": lastError, "closed_until": closedUntil?.rfc3339,
            "paused_at": pausedAt?.rfc3339, "paused_because": pausedBecause, "last_success_at": lastSuccessAt?.rfc3339,
            "polled_at": polledAt?.rfc3339, "reconciled_at": reconciledAt?.rfc3339,
        ])
    }
}

extension ParkedMessage {
    var words: String {
        "\(id)  \(ticket)  \(kind.rawValue)  since \(parkedAt.rfc3339)  tried \(attempts) times: \(lastError ?? "")"
    }

    var told: JSON {
        .object([
            "message": Int(id), "ticket": ticket, "kind": kind.rawValue, "parked_at": parkedAt.rfc3339,
            "attempts": attempts, "last_error": lastError, "sent": sent, "received": received,
        ])
    }
}
