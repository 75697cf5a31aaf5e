extension String {
    /// The text with every kind of line end as a line feed.
    var replacingLineEnds: String {
        guard utf8.contains(.carriageReturn) else { return self }
        var output: [UInt8] = []
        output.reserveCapacity(utf8.count)
        var isAfterReturn = false
        for byte in utf8 {
            if byte == .carriageReturn {
                output.append(.lineFeed)
            } else if byte != .lineFeed || !isAfterReturn {
                output.append(byte)
            }
            isAfterReturn = byte == .carriageReturn
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The text as it can be stored and shown: line feeds as line ends, no control characters but tabs, nothing
    /// empty at its beginning and end.
    var asPlainText: String {
        var output: [UInt8] = []
        let text = replacingLineEnds
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == 12 { output.append(.lineFeed) }
            if byte >= 32 && byte != 127 || byte == .lineFeed || byte == .tab { output.append(byte) }
        }
        var start = output.startIndex
        // Empty lines at the beginning go, the indentation of the first line stays.
        for index in output.indices {
            if output[index] == .lineFeed { start = index + 1 } else if !output[index].isBlank { break }
        }
        let clean = String(decoding: output[start...], as: UTF8.self)
        return (clean.hasPrefix("\u{FEFF}") ? String(clean.dropFirst()) : clean).trimmedAtEnd
    }

    /// The text without white space at its end.
    var trimmedAtEnd: String {
        guard let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(unicodeScalars[...last])
    }
}
