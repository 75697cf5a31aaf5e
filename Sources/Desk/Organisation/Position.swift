/// A post in a team, which people hold over time. Work and duty belong to it and not to them (S33, S34).
public struct Position: Hashable, Sendable {
    public var code: String
    public var name: String
    /// The code of its team.
    public var team: String
    /// Whether it leads the team and hears of missed deadlines.
    public var leads: Bool
    /// The hours of the week in which people hold it. Who holds the position and stands in no line holds it always.
    public var roster: [RosterLine]

    public init(code: String, name: String, team: String, leads: Bool = false, roster: [RosterLine] = []) {
        (self.code, self.name, self.team, self.leads, self.roster) = (code, name, team, leads, roster)
    }
}
