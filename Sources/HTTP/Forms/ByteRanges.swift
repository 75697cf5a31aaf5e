public import Moments

/// Which bytes of a content a request asks for (RFC 9110 section 14).
public enum ByteRanges: Sendable, Equatable {
    /// All of it: no part was asked for, or one that cannot be read, or in a way that is not worth following.
    case whole
    case one(Range<Int64>)
    /// At least two, in the order asked for.
    case several([Range<Int64>])
    /// None of what was asked for is there: answer 416.
    case unsatisfiable

    /// Most ranges that are followed; whoever asks for more is sent the whole.
    static let most = 8

    /// Judges `Range` and `If-Range`, after the preconditions have been (RFC 9110 section 13.2.2).
    ///
    /// - Parameters:
    ///   - length: of the present content, in bytes.
    ///   - tag: of the present content. A weak one matches no `If-Range`.
    public init(_ request: Request, length: Int64, tag: EntityTag?, lastModified: Moment? = nil) {
        guard request.method == .get, let field = request.fields[.range],
            Self.isMeant(request.fields[.ifRange], tag, lastModified), let asked = Self.parse(field),
            asked.count <= Self.most, length > 0
        else {
            self = .whole
            return
        }
        let ranges = asked.compactMap { $0.within(length) }
        // Ranges that overlap so much that they come to more than the whole are not sent one by one.
        let (sum, isBeyondCounting) = ranges.reduce((Int64(0), false)) { sum, range in
            let (total, overflow) = sum.0.addingReportingOverflow(Int64(range.count))
            return (total, sum.1 || overflow)
        }
        switch ranges.count {
        case 0: self = .unsatisfiable
        case 1: self = .one(ranges[0])
        default: self = isBeyondCounting || sum > length ? .whole : .several(ranges)
        }
    }

    /// One part that is asked for, before the length is known.
    private enum Asked {
        case from(Int64, through: Int64)
        case last(Int64)

        func within(_ length: Int64) -> Range<Int64>? {
            switch self {
            case .from(let first, let last): first < length ? first..<min(last, length - 1) + 1 : nil
            case .last(let count): count > 0 ? max(0, length - count)..<length : nil
            }
        }
    }

    /// Whether the client holds the version it wants to complete (RFC 9110 section 13.1.5).
    private static func isMeant(_ condition: String?, _ tag: EntityTag?, _ lastModified: Moment?) -> Bool {
        guard let condition else { return true }
        if let tags = EntityTag.list(condition) { return tags.count == 1 && !tags[0].isWeak && tags[0] == tag }
        guard let lastModified, let date = HTTPDate.seconds(condition) else { return false }
        return date == lastModified.seconds
    }

    /// Nil for another unit and for what is no list of ranges; both are to be ignored.
    private static func parse(_ field: String) -> [Asked]? {
        let octets = Array(field.utf8)
        guard let equals = octets.firstIndex(of: UInt8(ascii: "=")),
            octets[..<equals].elementsEqual("bytes".utf8, by: { ByteClass.lower($0) == $1 })
        else { return nil }
        var asked: [Asked] = []
        for part in octets[(equals + 1)...].split(separator: UInt8(ascii: ",")) {
            let spec = part.drop(while: ByteClass.isBlank).reversed().drop(while: ByteClass.isBlank).reversed()
            if spec.isEmpty { continue }
            guard let range = range(Array(spec)) else { return nil }
            asked.append(range)
        }
        return asked.isEmpty ? nil : asked
    }

    private static func range(_ spec: [UInt8]) -> Asked? {
        guard let hyphen = spec.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let (before, after) = (spec[..<hyphen], spec[(hyphen + 1)...])
        if before.isEmpty { return number(after).map(Asked.last) }
        guard let first = number(before) else { return nil }
        if after.isEmpty { return .from(first, through: .max - 1) }
        guard let last = number(after), last >= first else { return nil }
        return .from(first, through: min(last, .max - 1))
    }

    /// A number beyond counting lies behind every content, as the largest countable does.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard !digits.isEmpty, digits.allSatisfy(ByteClass.isDigit) else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self)) ?? .max
    }
}
