public import TimeZones

/// Whether the answer of a holiday feed takes the place of its last good one.
///
/// A calendar never loses a holiday because a feed is broken: an answer that names fewer of the coming days than the
/// last good one is not taken, and somebody is told. What has passed is not compared: feeds forget it.
public enum HolidayFeedVerdict: Hashable, Sendable {
    /// Nothing is different.
    case same
    /// It is taken; with the coming days that are new and those that it does not name any more, because they moved.
    case taken(new: [CivilDate], gone: [CivilDate])
    /// It is not taken: a sentence that says why.
    case kept(because: String)

    /// - Parameters:
    ///   - days: what the feed names.
    ///   - last: what its last good answer named; nothing before the first.
    ///   - today: where the calendar is.
    public init(days: some Sequence<CivilDate>, last: some Sequence<CivilDate>, today: CivilDate) {
        let coming = Set(days.filter { $0 >= today })
        let known = Set(last.filter { $0 >= today })
        if coming.isEmpty {
            self = .kept(because: "the feed names no day to come")
        } else if coming == known {
            self = .same
        } else if coming.count < known.count {
            let missing = known.subtracting(coming).sorted()
            let list = missing.prefix(3).map(\.description).joined(separator: ", ")
            self = .kept(
                because:
                    "the feed names \(coming.count) days to come where it named \(known.count); missing are \(list)"
                    + (missing.count > 3 ? " and \(missing.count - 3) more" : ""))
        } else {
            self = .taken(new: coming.subtracting(known).sorted(), gone: known.subtracting(coming).sorted())
        }
    }
}
