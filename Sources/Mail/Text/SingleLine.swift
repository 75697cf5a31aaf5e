extension String {
    /// The text as one line that can do no harm in a list or a log: control characters and line ends become
    /// blanks, and blanks around it are removed.
    var singleLine: String {
        // Nearly every text is one line already, and plain.
        if utf8.allSatisfy({ (32..<127).contains($0) }) { return trimmed }
        var line = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isControl = scalar.value < 32 || (127...159).contains(scalar.value)
            let isSeparator = scalar.value == 0x2028 || scalar.value == 0x2029
            line.append(isControl || isSeparator ? " " : scalar)
        }
        return String(line).trimmed
    }

    /// The text without white space around it.
    var trimmed: String {
        if let first = utf8.first, let last = utf8.last, (33..<127).contains(first), (33..<127).contains(last) {
            return self
        }
        guard let first = unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
