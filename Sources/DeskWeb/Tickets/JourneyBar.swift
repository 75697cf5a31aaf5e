import Catalogue
import Desk
import DeskStore
public import HTML
import Moments

/// Who held a ticket and for how long, as one bar from its opening until now.
public struct JourneyBar: Sendable {
    private let teller: TicketTeller

    public init(_ teller: TicketTeller) { self.teller = teller }

    public var html: HTML {
        let parts = parts
        return """
            <figure class="journey">
            <svg class="journey-bar" role="img" aria-label="\(parts.map(\.title).joined(separator: "; "))">\
            \(parts.map(\.html))</svg>
            <ul class="legend">\(legend)</ul>
            </figure>
            """
    }

    /// A leg in the bar. Even a leg of a second can be seen, so widths are not quite the durations.
    private struct Part {
        let kind: Holder.Kind
        let x: String
        let width: String
        let title: String

        var html: HTML {
            """
            <svg x="\(x)" width="\(width)" height="40"><rect class="leg leg-\(kind.rawValue)" width="100%" height="40">\
            <title>\(title)</title></rect>\(JourneyBar.hatch(of: kind, length: "100%", y: 20))</svg>
            """
        }
    }

    private var parts: [Part] {
        let legs = teller.view.legs
        let lengths = legs.map { ($0.endedAt ?? teller.view.asOf).duration(since: $0.startedAt).wholeSeconds }
        let total = Double(max(1, lengths.reduce(0, +)))
        let weights = lengths.map { max(Double($0) / total, 0.012) }
        let sum = weights.reduce(0, +)
        var x = 0.0
        return zip(legs, zip(lengths, weights)).map { leg, measures in
            let (length, width) = (measures.0, measures.1 / sum)
            defer { x += width }
            let title = teller.wording(
                .journeyPart,
                [
                    "holder": teller.name(of: leg.holder),
                    "duration": teller.wording.duration(.seconds(length)),
                    "share": teller.wording.percent(Double(length) / total),
                ])
            return Part(kind: leg.holder.kind, x: Self.percent(x), width: Self.percent(width), title: title)
        }
    }

    private var legend: [HTML] {
        let kinds = Holder.Kind.allCases.filter { kind in teller.view.legs.contains { $0.holder.kind == kind } }
        return kinds.map { kind in
            """
            <li><svg class="swatch" aria-hidden="true"><rect class="leg-\(kind.rawValue)" width="12" height="12"/>\
            \(Self.hatch(of: kind, length: "12", y: 6))</svg>\(teller.wording(.holder, kind.rawValue))</li>
            """
        }
    }

    /// What tells parties apart without colour: the bars of others are hatched.
    private static func hatch(of kind: Holder.Kind, length: String, y: Int) -> HTML? {
        if kind == .team { return nil }
        return """
            <line class="leg-hatch leg-hatch-\(kind.rawValue)" x1="0" x2="\(length)" y1="\(y)" y2="\(y)"/>
            """
    }

    /// A share of one with two decimals, as SVG writes it.
    static func percent(_ share: Double) -> String {
        let hundredths = Int((share * 10_000).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }
}

extension Duration {
    var wholeSeconds: Int64 { max(0, components.seconds) }
}
