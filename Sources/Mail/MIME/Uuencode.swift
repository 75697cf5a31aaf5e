/// The encoding that was used for files before MIME, with what transport does to it: blanks at the ends of lines are
/// lost, and the blank is written as a backquote.
struct Uuencode {
    /// Zeros that stand for lost blanks are put in only up to so many times what came, or a small mail would make a
    /// huge file.
    private static let growth = 4

    private(set) var bytes: [UInt8] = []
    /// How many bytes of lines were taken.
    private var taken = 0

    /// A line of encoded bytes.
    struct Line {
        /// How many bytes it stands for.
        let length: Int
        let letters: ArraySlice<UInt8>

        /// Whether all letters are there; if not, blanks at the end may have been lost.
        var isWhole: Bool { letters.count * 3 >= length * 4 }

        /// Nil for what cannot be such a line: some encoders add two letters, none uses other than these 65.
        init?(_ content: ArraySlice<UInt8>) {
            guard let first = content.first, content.allSatisfy({ (32...96).contains($0) }) else { return nil }
            length = Int((first - 32) & 63)
            let most = (length + 2) / 3 * 4 + 2
            // Machines that know lines of one length only fill them up with blanks.
            guard content.dropFirst(1 + most).allSatisfy({ $0 == .space }) else { return nil }
            letters = content.dropFirst().prefix(most)
        }
    }

    mutating func take(_ line: Line) {
        taken += line.letters.count + 2
        let end = bytes.count + line.length
        var index = line.letters.startIndex
        while bytes.count < end, index < line.letters.endIndex || bytes.count < Self.growth * taken {
            var bits: UInt32 = 0
            for offset in 0..<4 {
                let letter = index + offset < line.letters.endIndex ? line.letters[index + offset] : 32
                bits = bits << 6 | UInt32((letter &- 32) & 63)
            }
            for shift in [16, 8, 0] as [UInt32] where bytes.count < end {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
            index += 4
        }
    }

    /// Decodes the lines between "begin" and "end"; without a "begin" line, all lines that can be such.
    static func decode(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var decoder = Uuencode()
        var isClean = true
        var lines = ByteLines(text)
        if let start = beginning(in: text, from: text.startIndex) { lines.move(to: start.next) }
        while let line = lines.next() {
            if line.content.elementsEqual("end".utf8) { break }
            if let found = Line(line.content) {
                decoder.take(found)
            } else if !line.content.isEmpty {
                isClean = false
            }
        }
        return (decoder.bytes, isClean)
    }

    /// The line that begins a file: `begin 644 report.pdf`.
    struct Beginning {
        let start: Int
        /// Where the lines of the file begin.
        let next: Int
        let name: ArraySlice<UInt8>
    }

    private static let mark = Array("begin ".utf8)

    /// The first such line at or after a position.
    static func beginning(in text: ArraySlice<UInt8>, from position: Int) -> Beginning? {
        var lines = ByteLines(text)
        lines.move(to: position)
        while let line = lines.next() {
            guard line.content.starts(with: Self.mark) else { continue }
            let words = line.content.dropFirst(Self.mark.count)
            let mode = words.prefix { (48...55).contains($0) }
            let rest = words.dropFirst(mode.count)
            guard (3...6).contains(mode.count), rest.isEmpty || rest.first?.isBlank == true else { continue }
            return Beginning(start: line.content.startIndex, next: line.next, name: rest.trimmed)
        }
        return nil
    }
}
