/// The two forms in which collectors read figures.
public enum MetricsFormat: Sendable, Hashable {
    /// Prometheus text format 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// The form for a request with this `Accept` field: OpenMetrics if it is named and liked at least as well as plain
    /// text.
    public init(accept: String?) {
        var likings: [String: Double] = [:]
        for range in (accept ?? "").lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let type = parts.first else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            likings[type] = max(likings[type] ?? 0, quality ?? 1)
        }
        let open = likings["application/openmetrics-text"] ?? 0
        let plain = likings["text/plain"] ?? likings["text/*"] ?? 0
        self = open > 0 && open >= plain ? .openMetrics : .prometheus
    }

    /// The media type to answer with.
    public var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}

/// Figures as they are written, family by family.
public struct MetricsText {
    private let format: MetricsFormat
    private var text = ""

    init(format: MetricsFormat) { self.format = format }

    mutating func begin(_ name: String, _ help: String, _ type: MetricType) {
        switch format {
        case .prometheus:
            text += "# HELP \(name) \(Self.escape(help, quotes: false))\n# TYPE \(name) \(type.rawValue)\n"
        case .openMetrics:
            let family = type == .counter && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
            text += "# TYPE \(family) \(type.rawValue)\n"
            if let unit = ["seconds", "bytes"].first(where: { family.hasSuffix("_\($0)") }) {
                text += "# UNIT \(family) \(unit)\n"
            }
            text += "# HELP \(family) \(Self.escape(help, quotes: true))\n"
        }
    }

    /// Adds one line; `labels` as ``labels(_:_:)`` writes them.
    public mutating func sample(_ name: String, labels: String, _ value: Double) {
        text += labels.isEmpty ? name : "\(name){\(labels)}"
        text += " \(Self.number(value))\n"
    }

    func finished() -> String {
        format == .openMetrics ? text + "# EOF\n" : text
    }

    /// Label names and values as they stand between the braces.
    public static func labels(_ names: [String], _ values: [String]) -> String {
        zip(names, values).map { "\($0)=\"\(escape($1, quotes: true))\"" }.joined(separator: ",")
    }

    /// A number as both formats write it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
