import SeedTestSupport

/// Damages bytes in the ways that transport, programs and enemies do.
enum Mutation {
    /// What parsers stumble over.
    private static let fragments: [String] = [
        "\r\n", "\n", "\r", "\0", "\"", "(", "<", ">", "@", ",", ";", ":", "=", "=?", "?=", "=?utf-8?B?", "=?x?q?=",
        "--", "\r\n\r\n", "\r\n--", "boundary=", "; boundary=\"", "Content-Type: multipart/mixed\r\n", "\u{FEFF}",
        "Content-Transfer-Encoding: base64\r\n", "charset=utf-16;", "filename*0*=", "filename*=%", "\u{1B}$B", "&#x",
        "<!--",
        "<style>", "+AD4-", "\t",
    ]

    static func apply(to bytes: [UInt8], using random: inout Seed) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            // Damage to the header does most, so half of it goes there.
            let reach = Bool.random(using: &random) ? bytes.count : min(bytes.count, 800)
            let position = Int.random(in: 0...reach, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where position < bytes.count: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert(contentsOf: Array((fragments.randomElement(using: &random) ?? "").utf8), at: position)
            case 2:
                let end = min(bytes.count, position + Int.random(in: 0...60, using: &random))
                bytes.removeSubrange(position..<end)
            case 3:
                let end = min(bytes.count, position + Int.random(in: 0...300, using: &random))
                bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
            default: bytes.removeSubrange((bytes.count - min(bytes.count, Int.random(in: 0...20, using: &random)))...)
            }
        }
        return bytes
    }
}
