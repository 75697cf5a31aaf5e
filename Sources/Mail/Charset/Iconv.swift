import Glibc

/// Turns text of any character set that the system knows into UTF-8.
enum Iconv {
    /// The text, and whether every byte of it was understood. Nil if the system has no table of this name.
    static func decode(_ bytes: ArraySlice<UInt8>, from name: String) -> Charset.Decoded? {
        guard let descriptor = open(name) else { return nil }
        defer { iconv_close(descriptor) }

        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var isExact = true
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            // Safe: iconv takes a mutable pointer by its age only; it moves the pointer and never writes through it.
            var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base)
                .assumingMemoryBound(to: CChar.self)
            var left = source.count
            while left > 0 {
                let before = left
                switch convert(descriptor, &input, &left, into: &output) {
                case 0: continue
                case E2BIG where left < before: continue
                case EINVAL:
                    // The text ends within a character.
                    left = 0
                default:
                    input = input?.advanced(by: 1)
                    left -= 1
                }
                isExact = false
                output += [0xEF, 0xBF, 0xBD]
            }
            // Encodings with states hold characters back until they are told that the text is over.
            _ = convert(descriptor, nil, &left, into: &output)
        }
        return Charset.Decoded(text: String(decoding: output, as: UTF8.self), isExact: isExact)
    }

    /// Whether the system can read this character set.
    static func knows(_ name: String) -> Bool {
        guard let descriptor = open(name) else { return false }
        iconv_close(descriptor)
        return true
    }

    private static func open(_ name: String) -> iconv_t? {
        // Slashes and commas would switch on transliteration and other options.
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-_.:+()".utf8.contains($0) }) else {
            return nil
        }
        guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else { return nil }
        return descriptor
    }

    /// One call of iconv: appends what it wrote and returns zero or the error number.
    private static func convert(
        _ descriptor: iconv_t, _ input: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ left: inout Int,
        into output: inout [UInt8]
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { buffer in
            var target: UnsafeMutablePointer<CChar>? = buffer.baseAddress
            var room = buffer.count
            let result = iconv(descriptor, input, &left, &target, &room)
            let error = result == -1 ? errno : 0
            output.append(
                contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<(buffer.count - room)]))
            return error
        }
    }
}
