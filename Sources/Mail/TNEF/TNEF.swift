import Moments

/// What a `winmail.dat` holds: the files, messages among them, and the words, kept as text, as HTML or as rich text
/// (MS-OXTNEF).
///
/// Lengths are never trusted, and what cannot be read ends the reading: what was found until then is kept.
struct TNEF {
    private(set) var files: [Attachment] = []
    private(set) var text: String?
    private(set) var html: String?
    /// Whether it was read to its end, and its words in the form that they have.
    private(set) var isWhole = true

    private static let signature = 0x223E_9F78
    private static let mostFiles = 500
    /// Messages within messages are opened to this depth; each is written anew, and so a little longer.
    private static let deepest = 3
    private static let (method, embedded) = (0x3705, 5)

    /// A file while its attributes are read.
    private struct File {
        var title: String?
        var data: ArraySlice<UInt8>?
        var properties: MAPIProperties?
    }

    private var codePage = 1252
    private var pending: [File] = []
    private var subject: String?
    private var sender: Address?
    private var sent: Moment?
    private let depth: Int

    /// What the bytes hold; nil if they are no TNEF, or nothing is in them that could be shown.
    init?(_ bytes: ArraySlice<UInt8>, depth: Int = 0) {
        self.depth = depth
        var reader = ByteReader(bytes)
        guard reader.number(4) == Self.signature, reader.take(2) != nil else { return nil }
        while !reader.isAtEnd {
            guard reader.take(1) != nil, let attribute = reader.number(4), let length = reader.number(4),
                let data = reader.take(length), reader.take(2) != nil
            else {
                isWhole = false
                break
            }
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
        case 0x0001_8004: subject = string(data) ?? subject
        case 0x0006_9003: read(MAPIProperties(data))
        case 0x0006_9002 where pending.count < Self.mostFiles: pending.append(File())
        case 0x0001_8010 where !pending.isEmpty: pending[pending.count - 1].title = string(data)
        case 0x0006_800F where !pending.isEmpty: pending[pending.count - 1].data = data
        case 0x0006_9005 where !pending.isEmpty: pending[pending.count - 1].properties = MAPIProperties(data)
        default: break
        }
    }

    private mutating func read(_ properties: MAPIProperties) {
        let codePage = codePage
        func words(_ id: Int) -> String? { properties.text(id, codePage: codePage) }
        text = words(0x1000) ?? text
        let page = properties.number(0x3FDE).map { $0 == 65_001 ? "utf-8" : "windows-\($0)" }
        html = properties.bytes(0x1013).map { Charset.text(of: $0, label: page).text } ?? html
        subject = words(0x0037) ?? subject
        let address = [0x5D01, 0x0C1F].lazy.compactMap(words).compactMap { Address($0) }.first
        if let name = words(0x0C1A) ?? address?.name {
            sender = Address(name: name, local: address?.local ?? "", domain: address?.domain ?? "")
        } else {
            sender = address ?? sender
        }
        sent = [0x0039, 0x0E06].lazy.compactMap(properties.time).first ?? sent
        guard text == nil, html == nil, let packed = properties.bytes(0x1009) else { return }
        let rich = CompressedRTF.decode(packed).flatMap { RichText($0) }
        html = rich?.html
        text = rich.flatMap { $0.text.isEmpty ? nil : $0.text }
        if rich == nil { isWhole = false }
    }

    private func string(_ data: ArraySlice<UInt8>) -> String? {
        let text = Charset.text(of: data.prefix { $0 != 0 }, label: "windows-\(codePage)").text
        return text.isEmpty ? nil : text
    }

    private func file(_ file: File) -> Attachment? {
        let properties = file.properties
        let names = [0x3707, 0x3704].lazy.compactMap { properties?.text($0, codePage: codePage) }
        let name = names.first ?? file.title
        // Beside a message stands a note for programs that cannot open it.
        if properties?.number(Self.method) == Self.embedded, depth < Self.deepest,
            let nested = properties?.bytes(0x3701).flatMap({ TNEF($0, depth: depth + 1) }), nested.isWhole,
            let message = nested.message
        {
            let title = properties?.text(0x3001, codePage: codePage) ?? name
            return Attachment(named: title.flatMap(FileName.ofMessage), type: "message/rfc822", content: message)
        }
        guard let content = file.data ?? properties?.bytes(0x3701), !content.isEmpty else { return nil }
        let stated = properties?.text(0x370E, codePage: codePage) ?? ""
        let type = PartWriter.isType(stated) ? stated.lowercased() : name.map(FileName.type)
        let identifier = properties?.text(0x3712, codePage: codePage).flatMap {
            MessageIDs.one(in: Array($0.utf8)[...])
        }
        return Attachment(
            named: name, type: type ?? "application/octet-stream", content: Array(content), contentID: identifier)
    }

    /// The whole of it as a message that any mail program opens; nil if something in it cannot be written.
    private var message: [UInt8]? {
        let nobody = Address(local: "", domain: "")
        var draft = Draft(
            from: nobody, to: [], subject: subject ?? "", text: (text ?? html.map(HTMLText.render) ?? "").asPlainText,
            messageID: "winmail", date: sent ?? Moment(seconds: 0))
        draft.html = html?.asPlainText
        draft.files = files.map {
            Draft.File(name: $0.name, type: $0.type, content: $0.content, contentID: $0.contentID)
        }
        var header = HeaderWriter()
        if let sent { header.write("Date", pieces: [MailDate.text(of: sent)]) }
        if let sender { try? header.write("From", addresses: [sender]) }
        header.write("Subject", text: draft.subject)
        header.write("MIME-Version", pieces: ["1.0"])
        guard let body = try? MessageWriter.body(of: draft) else { return nil }
        return header.bytes + body.bytes
    }
}
