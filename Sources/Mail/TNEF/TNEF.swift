/// What a `winmail.dat` holds: the files, and the words where they are kept as text or HTML (MS-OXTNEF).
///
/// Lengths are never trusted, and what cannot be read ends the reading: what was found until then is kept.
struct TNEF {
    private(set) var files: [Attachment] = []
    private(set) var text: String?
    private(set) var html: String?

    private static let signature = 0x223E_9F78
    private static let mostFiles = 500

    /// A file while its attributes are read.
    private struct File {
        var title: String?
        var data: ArraySlice<UInt8>?
        var properties: MAPIProperties?
    }

    private var codePage = 1252
    private var pending: [File] = []

    /// What the bytes hold; nil if they are no TNEF, or nothing is in them that could be shown.
    init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes[...])
        guard reader.number(4) == Self.signature, reader.take(2) != nil else { return nil }
        while !reader.isAtEnd {
            guard reader.take(1) != nil, let attribute = reader.number(4), let length = reader.number(4),
                let data = reader.take(length), reader.take(2) != nil
            else { break }
            read(attribute, data)
        }
        files = pending.compactMap(file)
        if files.isEmpty, text == nil, html == nil { return nil }
    }

    private mutating func read(_ attribute: Int, _ data: ArraySlice<UInt8>) {
        switch attribute {
        case 0x0006_9007:
            var reader = ByteReader(data)
            codePage = reader.number(4) ?? codePage
        case 0x0002_800C: text = string(data) ?? text
        case 0x0006_9003:
            let properties = MAPIProperties(data)
            text = properties.text(0x1000, codePage: codePage) ?? text
            html = properties.bytes(0x1013).map { Charset.text(of: $0, label: nil).text } ?? html
        case 0x0006_9002 where pending.count < Self.mostFiles: pending.append(File())
        case 0x0001_8010 where !pending.isEmpty: pending[pending.count - 1].title = string(data)
        case 0x0006_800F where !pending.isEmpty: pending[pending.count - 1].data = data
        case 0x0006_9005 where !pending.isEmpty: pending[pending.count - 1].properties = MAPIProperties(data)
        default: break
        }
    }

    private func string(_ data: ArraySlice<UInt8>) -> String? {
        let text = Charset.text(of: data.prefix { $0 != 0 }, label: "windows-\(codePage)").text
        return text.isEmpty ? nil : text
    }

    private func file(_ file: File) -> Attachment? {
        let properties = file.properties
        guard let content = file.data ?? properties?.bytes(0x3701), !content.isEmpty else { return nil }
        let names = [0x3707, 0x3704].lazy.compactMap { properties?.text($0, codePage: codePage) }
        let type = properties?.text(0x370E, codePage: codePage)?.lowercased()
        return Attachment(
            named: names.first ?? file.title, type: type ?? "application/octet-stream", content: Array(content),
            contentID: properties?.text(0x3712, codePage: codePage))
    }
}
