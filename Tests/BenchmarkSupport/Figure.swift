import Foundation
public import JSON

/// One measured number beside what it is measured against.
public struct Figure: Sendable {
    public let name: String
    public let value: Double
    public let unit: String
    /// The floor or the peer, in a few words, and what it reached in the same run.
    public let against: String?
    public let other: Double?
    public let goal: Goal?

    public init(
        _ name: String, _ value: Double, _ unit: String, against: String? = nil, other: Double? = nil,
        goal: Goal? = nil
    ) {
        (self.name, self.value, self.unit) = (name, value, unit)
        (self.against, self.other, self.goal) = (against, other, goal)
    }

    /// How many times the other's value ours is.
    public var ratio: Double? { other.flatMap { $0 == 0 ? nil : value / $0 } }

    /// Nil where there is no goal.
    public var met: Bool? { goal.map { $0.isMet(value: value, ratio: ratio) } }
}

/// What a figure must reach.
public indirect enum Goal: Sendable, CustomStringConvertible {
    case atLeast(Double)
    case atMost(Double)
    case ratioAtLeast(Double)
    case ratioAtMost(Double)
    case either(Goal, Goal)

    func isMet(value: Double, ratio: Double?) -> Bool {
        switch self {
        case .atLeast(let least): value >= least
        case .atMost(let most): value <= most
        case .ratioAtLeast(let least): (ratio ?? -.infinity) >= least
        case .ratioAtMost(let most): (ratio ?? .infinity) <= most
        case .either(let one, let other):
            one.isMet(value: value, ratio: ratio) || other.isMet(value: value, ratio: ratio)
        }
    }

    public var description: String {
        switch self {
        case .atLeast(let number): "value >= \(Figure.text(number))"
        case .atMost(let number): "value <= \(Figure.text(number))"
        case .ratioAtLeast(let number): ">= \(Figure.text(number))"
        case .ratioAtMost(let number): "<= \(Figure.text(number))"
        case .either(let one, let other): "\(one) or \(other)"
        }
    }
}

extension Figure {
    /// `{"name":"drain","value":51200,"unit":"jobs/s","against":…,"other":60400,"ratio":0.85,"goal":">= 0.6","met":…}`
    public var json: JSON {
        .object([
            "name": name, "value": Self.json(value), "unit": unit, "against": against,
            "other": other.map(Self.json), "ratio": ratio.map(Self.json), "goal": goal?.description, "met": met,
        ])
    }

    /// The figure as cells of a table.
    var cells: [String] {
        [
            name, "\(Self.text(value)) \(unit)", against ?? "", other.map(Self.text) ?? "",
            ratio.map(Self.text) ?? "", goal?.description ?? "", met.map { $0 ? "met" : "NOT MET" } ?? "",
        ]
    }

    /// Four digits are all that a measurement is good for; whole numbers keep theirs.
    static func rounded(_ number: Double) -> Double {
        guard number != 0, number.isFinite, abs(number) < 1000 else { return number.rounded() }
        let scale = pow(10, 3 - floor(log10(abs(number))))
        return (number * scale).rounded() / scale
    }

    private static func json(_ number: Double) -> JSON {
        let number = rounded(number)
        return Int64(exactly: number)?.json ?? number.json
    }

    static func text(_ number: Double) -> String {
        let number = rounded(number)
        return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}
