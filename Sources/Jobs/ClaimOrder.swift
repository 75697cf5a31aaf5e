/// In which order a queue's lanes and priorities are looked at when jobs are claimed.
///
/// The more urgent priority comes first, and among lanes of one priority each claim begins with another lane. Every
/// eighth claim begins with one of the less urgent priorities, by turns: however much urgent work there is, each
/// priority is first in one of 24 claims, and among its jobs the oldest is taken.
struct ClaimOrder: Sendable {
    /// Every so many claims one begins with less urgent work.
    static let share = 8

    private var claims = 0

    /// The pairs for the next claim, as two lists of the same length.
    mutating func next(lanes: [Int32]) -> (lanes: [Int32], priorities: [JobPriority]) {
        guard !lanes.isEmpty else { return ([], []) }
        let start = claims % lanes.count
        let rotated = lanes[start...] + lanes[..<start]
        let priorities = priorities(claim: claims)
        claims += 1
        return (priorities.flatMap { _ in rotated }, priorities.flatMap { repeatElement($0, count: lanes.count) })
    }

    private func priorities(claim: Int) -> [JobPriority] {
        let all = JobPriority.allCases
        guard claim % Self.share == Self.share - 1 else { return all }
        let first = all[1 + claim / Self.share % (all.count - 1)]
        return [first] + all.filter { $0 != first }
    }
}
