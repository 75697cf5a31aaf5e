/// The encoding that was used for files before MIME.
enum Uuencode {
    /// Decodes the lines between "begin" and "end"; without a "begin" line, all lines.
    static func decode(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], isClean: Bool) {
        var bytes: [UInt8] = []
        var isClean = true
        var lines = ByteLines(text)
        while let line = lines.next() {
            let content = line.content
            if content.starts(with: Array("begin ".utf8)) { continue }
            if content.elementsEqual(Array("end".utf8)) { break }
            guard let first = content.first, first >= 32, first <= 96 else {
                if !content.isEmpty { isClean = false }
                continue
            }
            let length = Int((first - 32) & 63)
            let before = bytes.count
            var index = content.startIndex + 1
            while bytes.count - before < length, index < content.endIndex {
                var bits: UInt32 = 0
                for offset in 0..<4 {
                    let letter = index + offset < content.endIndex ? content[index + offset] : 32
                    bits = bits << 6 | UInt32(letter &- 32 & 63)
                }
                for shift in [16, 8, 0] as [UInt32] where bytes.count - before < length {
                    bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
                }
                index += 4
            }
        }
        return (bytes, isClean)
    }
}
