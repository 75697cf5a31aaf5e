import Foundation

/// Requests that other servers are tested with. The files write line ends and other octets as escapes; their own line
/// ends are there for reading only.
enum RequestCorpus {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/data/http/gunicorn_valid").standardizedFileURL

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".http") }
            .map { String($0.dropLast(5)) }.sorted()
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let text = try [UInt8](Data(contentsOf: folder.appending(path: "\(name).http"))).filter { $0 != 0x0A }
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
                bytes.append(byte)
                continue
            }
            rest.removeFirst()
            switch kind {
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "x"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                rest.removeFirst(2)
                bytes.append(UInt8(digits, radix: 16) ?? 0)
            default: bytes.append(contentsOf: [byte, kind])
            }
        }
        return bytes
    }
}
