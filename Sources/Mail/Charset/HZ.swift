/// Simplified Chinese written in seven bits (RFC 1843), for which the system has no table.
enum HZ {
    /// The same text in GB 2312, its eight-bit form.
    static func gb2312(of bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var isChinese = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "~"), index + 1 < bytes.endIndex {
                switch bytes[index + 1] {
                case UInt8(ascii: "{"): isChinese = true
                case UInt8(ascii: "}"): isChinese = false
                case UInt8(ascii: "~"): output.append(byte)
                case .lineFeed: break
                default: output += [byte, bytes[index + 1]]
                }
                index += 2
            } else {
                if byte.isLineEnd { isChinese = false }
                output.append(isChinese && byte > 32 ? byte | 0x80 : byte)
                index += 1
            }
        }
        return output
    }
}
