import Desk
import Moments

/// What is going to happen, in order; of two things at one moment the one that was planned first comes first.
struct Agenda {
    private struct Entry {
        let at: Moment
        let number: Int
        let happening: Happening
    }

    /// The latest first, so that the next one is cheap to take.
    private var entries: [Entry] = []
    private var planned = 0

    /// When the next thing happens.
    var next: Moment? { entries.last?.at }

    /// Whether anything is left that is not done over and over.
    var isOver: Bool { entries.allSatisfy { $0.happening.isRoutine } }

    mutating func plan(_ happening: Happening, at moment: Moment) {
        planned += 1
        let entry = Entry(at: moment, number: planned, happening: happening)
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at > moment { low = middle + 1 } else { high = middle }
        }
        entries.insert(entry, at: low)
    }

    /// The next thing, if its moment has come.
    mutating func take(until moment: Moment) -> Happening? {
        guard let last = entries.last, last.at <= moment else { return nil }
        return entries.removeLast().happening
    }
}

/// One thing that happens in the simulation.
enum Happening {
    case arrival
    /// Somebody does something about a ticket.
    case act(TicketNumber)
    case supplierSpeaks(SupplierWords)
    case mail(Mailing)
    /// An operator looks at the mail that was parked.
    case release
    /// The watch over shifts looks.
    case watch
    /// The figures are counted.
    case count
    /// Everything that must hold is checked.
    case check
    /// The organisation is changed.
    case change
    case fault
    /// The workers run again.
    case recovery
    /// Others look for workers that are gone.
    case rescue
    /// A worker that stood still goes on.
    case awakening(Int)

    var isRoutine: Bool {
        switch self {
        case .watch, .count, .check, .change, .fault, .recovery: true
        case .arrival, .act, .supplierSpeaks, .mail, .release, .rescue, .awakening: false
        }
    }
}
