/// The timers of a loop, the next one first; those due at the same instant in the order of their arming.
///
/// A heap with four children a node. A timer that is moved later keeps its place and is put right when it reaches the
/// top.
struct TimerHeap {
    private struct Entry {
        var key: UInt64
        var sequence: UInt64
        let timer: LoopTimer

        func precedes(_ other: Entry) -> Bool {
            key != other.key ? key < other.key : sequence < other.sequence
        }
    }

    private var entries: [Entry] = []
    private var sequence: UInt64 = 0

    var count: Int { entries.count }

    mutating func arm(_ timer: LoopTimer, due: UInt64) {
        timer.due = due
        if timer.place >= 0 {
            guard due < entries[timer.place].key else { return }
            remove(timer)
        }
        sequence += 1
        entries.append(Entry(key: due, sequence: sequence, timer: timer))
        rise(from: entries.count - 1)
    }

    mutating func remove(_ timer: LoopTimer) {
        let place = timer.place
        guard place >= 0 else { return }
        timer.place = -1
        let last = entries.removeLast()
        guard place < entries.count else { return }
        entries[place] = last
        last.timer.place = place
        sink(from: place)
        rise(from: last.timer.place)
    }

    /// Takes out the next timer that is due at `now`.
    mutating func popDue(at now: UInt64) -> LoopTimer? {
        while !entries.isEmpty, entries[0].key <= now {
            let timer = entries[0].timer
            if timer.due == entries[0].key {
                remove(timer)
                return timer
            }
            sequence += 1
            entries[0] = Entry(key: timer.due, sequence: sequence, timer: timer)
            sink(from: 0)
        }
        return nil
    }

    /// How long `epoll_wait` may sleep: rounded up so that it does not wake too early; -1 without timers.
    func millisecondsToNext() -> CInt {
        guard !entries.isEmpty else { return -1 }
        let (next, now) = (entries[0].key, MonotonicTime.now)
        guard next > now else { return 0 }
        return CInt(min((next - now + 999_999) / 1_000_000, 3_600_000))
    }

    private mutating func rise(from place: Int) {
        let entry = entries[place]
        var place = place
        while place > 0 {
            let parent = (place - 1) / 4
            guard entry.precedes(entries[parent]) else { break }
            put(entries[parent], at: place)
            place = parent
        }
        put(entry, at: place)
    }

    private mutating func sink(from place: Int) {
        let entry = entries[place]
        var place = place
        while true {
            let firstChild = place * 4 + 1
            guard firstChild < entries.count else { break }
            var least = firstChild
            for child in firstChild..<min(firstChild + 4, entries.count) where entries[child].precedes(entries[least]) {
                least = child
            }
            guard entries[least].precedes(entry) else { break }
            put(entries[least], at: place)
            place = least
        }
        put(entry, at: place)
    }

    private mutating func put(_ entry: Entry, at place: Int) {
        entries[place] = entry
        entry.timer.place = place
    }
}
