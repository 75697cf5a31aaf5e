import Testing

/// What a reader of a real message sees, written down by a person who looked at it.
struct RealMail: CustomTestStringConvertible {
    let path: String
    /// The authors as people read them, with commas between them.
    let from: String
    let subject: String
    /// How the text begins.
    let text: String
    /// Name, type and size of each file.
    let files: [String]

    init(_ path: String, from: String, subject: String, text: String, files: [String] = []) {
        self.path = path
        self.from = from
        self.subject = subject
        self.text = text
        self.files = files
    }

    static let all = withFiles + broken + ofText + small + plain

    var testDescription: String { path }
}
