public import Moments

/// A stretch in which a ticket was back with a team because the team that had got it from there could not work with
/// what it was told (S54).
public struct ReturnLoop: Hashable, Sendable {
    /// The team that has to find out what is missing.
    public let place: Place
    /// The team that gave the ticket back.
    public let from: Place
    public let startedAt: Moment
    /// When the team passed it on again, or the ticket ended; nil while it is there.
    public let endedAt: Moment?
    /// What each kind of holder had of the stretch: the team, the requester whom it asked, or a supplier.
    public let held: [Holder.Kind: Duration]
}

extension [Leg] {
    /// Who handed the ticket over to the team that has it: the place and position of the last leg of another team in
    /// the same episode. Nil where no other team has had it.
    public func sender(to place: Place, in episode: Int) -> (place: Place, position: PositionID)? {
        last { $0.episode == episode && $0.place != place }.map { ($0.place, $0.position) }
    }

    /// Every return, from the leg that it opened to the last one of the same place before a resolution.
    public func returns(asOf now: Moment) -> [ReturnLoop] {
        indices.filter { self[$0].reason == .foundInsufficient }.map { start in
            let place = self[start].place
            let stretch = self[start...].prefix {
                $0.place == place && $0.episode == self[start].episode && $0.reason != .resolved
            }
            var held: [Holder.Kind: Duration] = [:]
            for leg in stretch {
                held[leg.holder.kind, default: .zero] += (leg.endedAt ?? now).duration(since: leg.startedAt)
            }
            let from = start > startIndex ? self[start - 1].place : place
            return ReturnLoop(
                place: place, from: from, startedAt: self[start].startedAt, endedAt: stretch.last?.endedAt, held: held)
        }
    }
}
