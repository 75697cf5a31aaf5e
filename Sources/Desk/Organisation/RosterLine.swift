import JSON

/// Hours of the week in which somebody holds a position.
public struct RosterLine: Hashable, Sendable {
    /// The address of the person, whom the document names and who holds the position.
    public var person: String
    /// By the clock on the wall of the site they name, or else of the home site of the position's team.
    public var hours: WeekHours

    public init(person: String, hours: WeekHours) { (self.person, self.hours) = (person, hours) }
}

extension RosterLine {
    static func form(_ references: References) -> JSONForm<RosterLine> {
        .object { reader in
            let person = reader.required("person", references.mentioning(.person))
            let hours = WeekHours.read(from: &reader, references)
            guard let person, let hours else { return nil }
            return RosterLine(person: person, hours: hours)
        }
    }

    var json: JSON {
        var object = JSONObject([("person", person.json)])
        hours.write(to: &object)
        return .object(object)
    }
}
