/// Makes a name from a stranger safe to store, show and save under.
enum FileName {
    /// Names that one wide-spread system takes for devices.
    private static let reserved: Set<String> = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
        "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ]
    private static let byteLimit = 255

    /// The last component of the name without characters that deceive or do harm; nil if nothing is left.
    static func sanitised(_ stated: String) -> String? {
        let component = stated.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? Substring.UnicodeScalarView()
        var name = String(String.UnicodeScalarView(component.filter { !isHarmful($0) })).trimmed
        while name.hasSuffix(".") || name.hasSuffix(" ") { name.removeLast() }
        name = shortened(name)
        guard !name.isEmpty, name.unicodeScalars.contains(where: { $0 != "." && $0 != " " }) else { return nil }
        let stem = name.prefix { $0 != "." }.lowercased()
        return reserved.contains(stem) ? "_" + name : name
    }

    /// Control characters, those that change the direction of writing, those that cannot be seen, and those that
    /// file systems refuse.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<32, 127...159, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xFFFD: true
        default: "<>:\"|?*".unicodeScalars.contains(scalar)
        }
    }

    /// The name with at most 255 bytes; its extension is kept.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > byteLimit else { return name }
        var ending = ""
        if let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 20 { ending = String(name[dot...]) }
        var stem = name.dropLast(ending.count).prefix(byteLimit)
        while stem.utf8.count + ending.utf8.count > byteLimit, !stem.isEmpty { stem.removeLast() }
        return stem + ending
    }

    private static let endings: [String: String] = [
        "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/heic": "heic",
        "image/tiff": "tiff", "image/bmp": "bmp", "application/pdf": "pdf", "application/zip": "zip",
        "application/json": "json", "application/xml": "xml", "application/msword": "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/vnd.ms-excel": "xls", "application/rtf": "rtf", "text/rtf": "rtf",
        "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/xml": "xml", "text/css": "css",
        "text/calendar": "ics", "text/vcard": "vcf", "text/x-vcard": "vcf", "text/directory": "vcf",
        "text/rfc822-headers": "txt", "message/rfc822": "eml", "message/global": "eml",
        "message/delivery-status": "txt", "message/global-delivery-status": "txt",
        "message/disposition-notification": "txt", "message/feedback-report": "txt",
        "application/pgp-signature": "asc", "application/pgp-encrypted": "asc", "application/pgp-keys": "asc",
        "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s",
        "application/pkcs7-mime": "p7m", "application/x-pkcs7-mime": "p7m", "application/ms-tnef": "dat",
    ]

    /// The types of whole messages.
    static let messages: Set<String> = ["message/rfc822", "message/global"]

    /// A message is known by its subject; nil for what is none, or has no subject that would do.
    static func ofMessage(_ content: [UInt8], type: String) -> String? {
        guard messages.contains(type) else { return nil }
        var parser = HeaderParser(content[...], limits: MessageParser.Limits())
        return parser.parse().header["subject"].flatMap(ofMessage)
    }

    /// The name of a message with this subject.
    static func ofMessage(_ subject: String) -> String? {
        let stem = sanitised(String(subject.map { $0 == "/" || $0 == "\\" ? "-" : $0 }))
        return stem.flatMap { sanitised($0 + ".eml") }
    }

    /// The likely media type of a file that has nothing but its name.
    static func type(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
        let ending = name[name.index(after: dot)...].lowercased()
        let usual = ["jpeg": "image/jpeg", "tif": "image/tiff", "htm": "text/html", "txt": "text/plain"]
        let types = endings.filter { $0.value == ending && !$0.key.contains("/x-") && $0.key != "text/directory" }.keys
        return usual[ending] ?? types.min() ?? "application/octet-stream"
    }

    /// A name for a part that states none: what it is, with the usual ending of its type.
    static func standIn(for type: String) -> String {
        let stem =
            switch type {
            case "text/calendar": "invitation"
            case "message/rfc822", "message/global": "message"
            case "message/delivery-status", "message/global-delivery-status": "delivery-status"
            case "text/rfc822-headers": "message-header"
            case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
                "signature"
            case "message/feedback-report": "feedback-report"
            case "application/ms-tnef": "winmail"
            default: type.hasPrefix("image/") ? "image" : "attachment"
            }
        return stem + "." + (endings[type] ?? "bin")
    }
}
