/// Reads the bytes of a compiled zone, TZif version 2 or later (RFC 9636 section 3).
struct ZoneFile {
    /// Why the bytes are not understood: a sentence.
    struct Fault: Error, Equatable {
        let reason: String
    }

    private var rest: ArraySlice<UInt8>

    static func periods(of bytes: [UInt8]) throws(Fault) -> ZonePeriods {
        var file = ZoneFile(rest: bytes[...])
        let first = try file.header()
        guard first.version >= UInt8(ascii: "2") else {
            throw Fault(reason: "it is of version 1, which ends in 2037")
        }
        // The first block repeats what 32 bits can hold of the second, for readers of version 1.
        try file.skip(first.lengthOfData(bytesPerTime: 4))
        let header = try file.header()
        guard header.leapSeconds == 0 else {
            throw Fault(reason: "it counts leap seconds, which PostgreSQL and the internet do not")
        }
        let listed = try file.listed(header)
        return try expand(listed, rule: try file.footer())
    }

    private struct Header {
        var version: UInt8
        var universalFlags: Int
        var standardFlags: Int
        var leapSeconds: Int
        var changes: Int
        var styles: Int
        var characters: Int

        func lengthOfData(bytesPerTime: Int) -> Int {
            changes * (bytesPerTime + 1) + styles * 6 + characters + leapSeconds * (bytesPerTime + 4) + standardFlags
                + universalFlags
        }
    }

    /// What the file lists change by change.
    private struct Listed {
        var starts: [Int64]
        /// The style before the first change, then the style from each change on.
        var styles: [ZoneStyle]
    }

    private mutating func bytes(_ count: Int) throws(Fault) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw Fault(reason: "it ends too early") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private mutating func skip(_ count: Int) throws(Fault) {
        _ = try bytes(count)
    }

    private mutating func header() throws(Fault) -> Header {
        guard try bytes(4).elementsEqual("TZif".utf8) else { throw Fault(reason: "it does not begin with TZif") }
        let version = try bytes(1).first ?? 0
        try skip(15)
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(bigEndian(try bytes(4)))) }
        let header = Header(
            version: version, universalFlags: counts[0], standardFlags: counts[1], leapSeconds: counts[2],
            changes: counts[3], styles: counts[4], characters: counts[5])
        guard (1...256).contains(header.styles), counts.allSatisfy({ $0 < 100_000 }) else {
            throw Fault(reason: "its header has impossible numbers")
        }
        return header
    }

    private mutating func listed(_ header: Header) throws(Fault) -> Listed {
        var starts: [Int64] = []
        for _ in 0..<header.changes { starts.append(Int64(bitPattern: bigEndian(try bytes(8)))) }
        for (earlier, later) in zip(starts, starts.dropFirst()) where earlier >= later {
            throw Fault(reason: "its changes are not in order")
        }
        let indices = try bytes(header.changes).map(Int.init)
        var raw: [(offset: Int, isDaylightSaving: Bool, name: Int)] = []
        for _ in 0..<header.styles {
            let offset = Int(Int32(bitPattern: UInt32(bigEndian(try bytes(4)))))
            let flags = Array(try bytes(2))
            guard abs(offset) <= 26 * 3600 else { throw Fault(reason: "it has an offset of more than a day") }
            raw.append((offset, flags[0] != 0, Int(flags[1])))
        }
        let characters = Array(try bytes(header.characters))
        try skip(header.standardFlags + header.universalFlags)
        var styles: [ZoneStyle] = []
        for index in [0] + indices {
            guard raw.indices.contains(index), raw[index].name < characters.count else {
                throw Fault(reason: "it refers to something it does not hold")
            }
            let name = characters[raw[index].name...].prefix { $0 != 0 }
            styles.append(
                ZoneStyle(
                    offset: raw[index].offset, isDaylightSaving: raw[index].isDaylightSaving,
                    abbreviation: String(decoding: name, as: UTF8.self)))
        }
        return Listed(starts: starts, styles: styles)
    }

    /// The rule between two line feeds at the end of the file; nil where it is empty, so that the last style stays.
    private mutating func footer() throws(Fault) -> ZoneRule? {
        guard rest.first == 10, let end = rest.dropFirst().firstIndex(of: 10) else {
            throw Fault(reason: "it has no rule at its end")
        }
        let text = String(decoding: rest[rest.startIndex + 1..<end], as: UTF8.self)
        guard !text.isEmpty else { return nil }
        do { return try ZoneRule(parsing: text) } catch { throw Fault(reason: error.reason) }
    }

    /// Writes the rule out behind what the file lists, far enough for the calendar to repeat itself.
    private static func expand(_ listed: Listed, rule: ZoneRule?) throws(Fault) -> ZonePeriods {
        var (starts, styles) = (listed.starts, listed.styles)
        guard let rule else { return ZonePeriods(starts: starts, styles: styles) }
        guard rule.daylight != nil else {
            if styles.last?.offset != rule.standard.offset {
                throw Fault(reason: "its rule contradicts its last change")
            }
            return ZonePeriods(starts: starts, styles: styles)
        }
        let last = starts.last ?? Int64(CivilDate.daysSinceEpoch(startOf: 1600)) * 86_400
        let year = CivilDate(daysSinceEpoch: Int(last.flooredQuotient(by: 86_400))).year
        for change in rule.changes(in: year - 1..<year + 403) where change.start > last {
            // The file may already have made the change that the rule would make next.
            if styles[styles.count - 1] == change.style { continue }
            starts.append(change.start)
            styles.append(change.style)
        }
        return ZonePeriods(
            starts: starts, styles: styles,
            repeatsFrom: Int64(CivilDate.daysSinceEpoch(startOf: year + 401)) * 86_400)
    }

    private func bigEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
