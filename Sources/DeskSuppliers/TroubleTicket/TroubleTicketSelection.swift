public import JSON
import Moments

extension TroubleTicketQuery {
    /// The tickets that are wanted, in order, before they are cut into pages.
    public func selected(from tickets: [JSON]) -> [JSON] {
        var selected = tickets.filter { ticket in conditions.allSatisfy { $0.holds(for: ticket) } }
        for order in order.reversed() {
            // A stable sort keeps the order of what is equal, also where the direction is turned round.
            selected = selected.enumerated().sorted { one, other in
                let (left, right) = (one.element[order.member], other.element[order.member])
                if let isBefore = Self.precedes(left, right) { return isBefore != order.isDescending }
                return one.offset < other.offset
            }.map(\.element)
        }
        return selected
    }

    /// The page that is wanted.
    public func page<Element>(of elements: [Element]) -> [Element] {
        Array(elements.dropFirst(offset).prefix(limit))
    }

    /// A ticket with no more than was asked for, and what is always there.
    public func shown(_ ticket: JSON) -> JSON {
        guard let fields, let object = ticket.object else { return ticket }
        let always: Set<String> = ["id", "href", "@type"]
        return .object(
            JSONObject(
                object.lazy.filter { always.contains($0.name) || fields.contains($0.name) }.map { ($0.name, $0.value) })
        )
    }

    /// Whether one value comes before another; nil where they are equal. What is absent comes last.
    private static func precedes(_ left: JSON?, _ right: JSON?) -> Bool? {
        switch (left, right) {
        case (nil, nil): return nil
        case (nil, _): return false
        case (_, nil): return true
        case (let left?, let right?):
            let (one, other) = (Comparand(left), Comparand(right))
            return one == other ? nil : one < other
        }
    }
}

extension TroubleTicketQuery.Condition {
    func holds(for ticket: JSON) -> Bool {
        let found = Self.values(at: path[...], in: ticket)
        let wanted = values.map { Comparand(.string($0)) }
        if relation == .ne { return !found.contains { wanted.contains(Comparand($0)) } }
        return found.contains { value in
            wanted.contains { other in
                let value = Comparand(value)
                return switch relation {
                case .eq, .ne: value == other
                case .gt: other < value
                case .gte: other < value || value == other
                case .lt: value < other
                case .lte: value < other || value == other
                }
            }
        }
    }

    /// The values at a path; through a list it leads to each element.
    private static func values(at path: ArraySlice<String>, in json: JSON) -> [JSON] {
        if let elements = json.array { return elements.flatMap { values(at: path, in: $0) } }
        guard let name = path.first else { return [json] }
        return json[name].map { values(at: path.dropFirst(), in: $0) } ?? []
    }
}

/// A value as conditions compare it: times by when they are, the rest by letter.
private struct Comparand: Hashable {
    private let moment: Moment?
    private let text: String

    init(_ json: JSON) {
        text = json.string ?? json.text
        moment = text.utf8.count >= 10 ? Moment(lenient: text) : nil
    }

    static func == (one: Comparand, other: Comparand) -> Bool {
        if let moment = one.moment, let other = other.moment { return moment == other }
        return one.text == other.text
    }

    static func < (one: Comparand, other: Comparand) -> Bool {
        if let moment = one.moment, let other = other.moment { return moment < other }
        return one.text < other.text
    }
}
