import Moments
import Postgres

/// Some jobs of a longer list.
public struct JobPage: Sendable, Hashable {
    public let jobs: [JobRecord]
    /// Where the next page begins; nil if there is none.
    public let next: JobCursor?
}

/// The place in a list of jobs at which a page ended. It holds even if the job that stood there has gone.
public struct JobCursor: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String
    let place: Place

    /// Reads what an earlier page gave; nil if it is anything else.
    public init?(rawValue: String) {
        guard let place = Place(rawValue) else { return nil }
        (self.rawValue, self.place) = (rawValue, place)
    }

    init(after job: JobRecord) {
        place = Place(
            lane: job.lane, priority: job.priority?.rawValue ?? 0,
            moment: (job.state == .dead ? job.endedAt : job.due) ?? Moment(seconds: 0), id: job.id,
            turn: job.turn ?? 0, key: job.key ?? "")
        rawValue = place.text
    }

    public var description: String { rawValue }

    /// Everything that any of the lists is ordered by.
    struct Place: Sendable, Hashable {
        var lane: Int32
        var priority: Int16
        /// The due moment, or the dead's last.
        var moment: Moment
        var id: JobID
        var turn: Int64
        var key: String

        /// Before every job.
        static let first = Place(
            lane: 0, priority: -1, moment: Moment(seconds: 0), id: JobID(rawValue: 0), turn: -1, key: "")

        /// For the lists that begin with the youngest.
        var idFromTheEnd: JobID { self == .first ? JobID(rawValue: .max) : id }

        var text: String {
            "\(lane),\(priority),\(moment.microseconds),\(id),\(turn),\(key)"
        }

        init(lane: Int32, priority: Int16, moment: Moment, id: JobID, turn: Int64, key: String) {
            (self.lane, self.priority, self.moment, self.id) = (lane, priority, moment, id)
            (self.turn, self.key) = (turn, key)
        }

        init?(_ text: String) {
            let words = text.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false)
            guard words.count == 6, let lane = Int32(words[0]), let priority = Int16(words[1]),
                let moment = Int64(words[2]), let id = Int64(words[3]), let turn = Int64(words[4])
            else { return nil }
            self.init(
                lane: lane, priority: priority, moment: Moment(microseconds: moment), id: JobID(rawValue: id),
                turn: turn,
                key: String(words[5]))
        }
    }
}
