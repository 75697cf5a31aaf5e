public import Desk
public import Foundation
import JSON
import Secrets

/// A file that goes along with what a supplier is told. Its bytes are read when they are wanted.
public struct SharedFile: Hashable, Sendable {
    public let id: UUID
    public private(set) var name: String
    /// Its media type, without parameters: these may repeat the name.
    public let type: String
    /// In bytes.
    public let size: Int64
    public let sha256: [UInt8]
    /// With which words of the ticket it came: only who may see these gets it.
    public let part: Supplier.Field

    /// Larger ones stay with the desk; in base64 they are less than the 10,240,000 bytes that mail servers take.
    public static let mostBytes: Int64 = 7 << 20
    /// How many go along with one message.
    public static let most = 20

    public init(id: UUID, name: String, type: String, size: Int64, sha256: [UInt8], part: Supplier.Field) {
        (self.id, self.type, self.size, self.sha256, self.part) = (id, type, size, sha256, part)
        self.name = String(name.map { $0.isNewline || $0 == "\0" ? " " : $0 }.prefix(200))
    }

    /// The same with a name that says no more than what sort of file it is.
    func unnamed(_ number: Int) -> SharedFile {
        var file = self
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        file.name = Self.endings.contains(ending) ? "file-\(number).\(ending)" : "file-\(number)"
        return file
    }

    /// By which programs know what to do with a file, and which tell nothing of what it is about.
    private static let endings: Set = [
        "7z", "bmp", "csv", "doc", "docx", "dmp", "eml", "evtx", "gif", "gz", "heic", "htm", "html", "ics", "jpeg",
        "jpg", "json", "log", "md", "mov", "mp4", "msg", "ods", "odt", "pcap", "pdf", "png", "ppt", "pptx", "rtf",
        "svg", "tar", "tif", "tiff", "txt", "webp", "xls", "xlsx", "xml", "yaml", "zip",
    ]
}

extension SharedFile {
    var json: JSON {
        .object([
            "id": id.json, "name": name.json, "type": type.json, "size": size.json,
            "sha256": Hex.encode(sha256).json, "part": part.rawValue.json,
        ])
    }

    /// Nil for what tells no file.
    init?(_ json: JSON) {
        guard let id = json["id"]?.string.flatMap({ UUID(uuidString: $0) }), let name = json["name"]?.string,
            let type = json["type"]?.string, let size = json["size"]?.integer,
            let sha256 = json["sha256"]?.string.flatMap({ Hex.decode($0) }),
            let part = json["part"]?.string.flatMap({ Supplier.Field(rawValue: $0) })
        else { return nil }
        self.init(id: id, name: name, type: type, size: size, sha256: sha256, part: part)
    }
}

extension [SharedFile] {
    /// The first ones that are together no more than so many bytes.
    public func fitting(_ bytes: Int64) -> [SharedFile] {
        var room = bytes
        return filter { file in
            guard file.size <= room else { return false }
            room -= file.size
            return true
        }
    }

    /// Those that an allow-list lets leave, as it lets them.
    public func allowed(by fields: [Supplier.Field]) -> [SharedFile] {
        fields.contains(.files) ? disclosed(to: fields) : []
    }

    /// Those that go with words which may leave, by names of ours unless their own may leave as well.
    func disclosed(to fields: [Supplier.Field]) -> [SharedFile] {
        let files = filter { fields.contains($0.part) }
        return fields.contains(.fileNames) ? files : files.enumerated().map { $1.unnamed($0 + 1) }
    }
}

extension SharedFile {
    /// A file as somebody writes it down to see whether it would leave.
    static var tried: JSONForm<SharedFile> {
        .object { reader in
            let name = reader.required("name", JSONForm<String>.line(length: 1...200))
            let type = reader.optional("type", JSONForm<String>.line(length: 1...100))
            let size = reader.optional("size", JSONForm<Int>.integer(0...Int(mostBytes)))
            let part: Supplier.Field? = reader.optional("part", .word())
            guard let name else { return nil }
            return SharedFile(
                id: UUID(), name: name, type: type ?? "application/octet-stream", size: Int64(size ?? 0), sha256: [],
                part: part ?? .note)
        }
    }
}
