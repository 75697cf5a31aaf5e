import Glibc

/// The line that separates the parts of a multipart (RFC 2046, section 5.1.1).
struct Boundary {
    struct Split {
        var bodies: [ArraySlice<UInt8>] = []
        /// Whether the closing line was there.
        var isClosed = false
        /// Whether there were more parts than the limit.
        var isCut = false
    }

    /// The line without blanks at its end: two dashes and the declared boundary.
    private let line: [UInt8]

    init(_ declared: [UInt8]) {
        line = [.dash, .dash] + declared
    }

    /// The parts between the boundary lines; nil if there is no such line. What stands before the first and after
    /// the last line is ignored.
    func split(_ body: ArraySlice<UInt8>, limit: Int) -> Split? {
        var split = Split()
        var start: Int?
        for mark in marks(in: body, limit: limit) {
            if let start { split.bodies.append(body[start..<max(start, mark.before)]) }
            start = mark.isClosing ? nil : mark.after
            if mark.isClosing {
                split.isClosed = true
                break
            }
            if split.bodies.count >= limit {
                split.isCut = true
                return split
            }
        }
        if let start { split.bodies.append(body[min(start, body.endIndex)...]) }
        return start == nil && !split.isClosed ? nil : split
    }

    private struct Mark {
        /// Where the line end before the boundary line begins: it belongs to the boundary.
        let before: Int
        let after: Int
        let isClosing: Bool
    }

    private func marks(in body: ArraySlice<UInt8>, limit: Int) -> [Mark] {
        var marks: [Mark] = []
        var lines = ByteLines(body)
        // Far more lines are passed over than looked at, so most are skipped without being cut out.
        while let start = body.nextDashedLine(from: lines.position) {
            lines.move(to: start)
            guard let found = lines.next() else { break }
            let content = found.content
            guard content.starts(with: line) else { continue }
            var rest = content.dropFirst(line.count)
            let isClosing = rest.starts(with: [.dash, .dash])
            if isClosing { rest = rest.dropFirst(2) }
            guard rest.allSatisfy(\.isBlank) else { continue }
            var before = start
            if before > body.startIndex, body[before - 1] == .lineFeed { before -= 1 }
            if before < start, before > body.startIndex, body[before - 1] == .carriageReturn { before -= 1 }
            marks.append(Mark(before: before, after: found.next, isClosing: isClosing))
            if isClosing || marks.count > limit + 1 { break }
        }
        return marks
    }

    /// The boundary that a multipart seems to use although it does not say so: the first line of dashes and more
    /// that a header follows.
    static func guess(in body: ArraySlice<UInt8>) -> Boundary? {
        var lines = ByteLines(body)
        while let start = body.nextDashedLine(from: lines.position) {
            lines.move(to: start)
            guard let found = lines.next(), let next = lines.peek() else { return nil }
            var line = Array(found.content)
            while line.last?.isBlank == true { line.removeLast() }
            let isPlausible = line.count > 4 && line.count <= 200 && line.contains { $0 != .dash }
            if isPlausible, HeaderParser.colon(of: next.content) != nil { return Boundary(Array(line.dropFirst(2))) }
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Where the next line begins that starts with two dashes, at or after `position`, itself the start of a line.
    fileprivate func nextDashedLine(from position: Int) -> Int? {
        guard position < endIndex else { return nil }
        return withUnsafeBytes { raw -> Int? in
            guard let base = raw.baseAddress else { return nil }
            var offset = position - startIndex
            while offset + 1 < raw.count {
                if raw[offset] == .dash, raw[offset + 1] == .dash { return startIndex + offset }
                guard let feed = memchr(base + offset, Int32(UInt8.lineFeed), raw.count - offset) else { return nil }
                offset = UnsafeRawPointer(feed) - base + 1
            }
            return nil
        }
    }
}
