import Glibc
import Mail

/// A mail read to the end, as the desk does it, and what of it must hold whatever the mail is like.
struct MailReading {
    let message: Message
    /// What does not hold.
    private(set) var faults: [String] = []
    /// How long this thread was at work, in seconds.
    let time: Double

    private let size: Int

    init(_ bytes: [UInt8]) {
        size = bytes.count
        let started = Self.workingTime
        message = MessageParser().parse(bytes)
        let folds = Quotation.folds(in: message.text, subject: message.subject)
        _ = DeliveryReport(message)
        _ = AutomaticMail(message)
        _ = Bounce.all(in: message)
        time = Self.workingTime - started
        checkWords(folds)
        checkFiles()
        checkTree()
    }

    private static var workingTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private mutating func expect(_ holds: Bool, _ fault: String) {
        if !holds { faults.append(fault) }
    }

    private mutating func checkWords(_ folds: [Fold]) {
        for (name, text) in [("text", message.text), ("html", message.html ?? "")] {
            expect(String(validating: Array(text.utf8), as: UTF8.self) == text, "the \(name) is no valid UTF-8")
            let isClean = text.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 10 || $0 == 9 }
            expect(isClean, "the \(name) has control characters")
            expect(text.utf8.count <= 12 * size + 4_096, "the \(name) has \(text.utf8.count) bytes of \(size)")
        }
        expect(message.subject.unicodeScalars.allSatisfy { !Self.isControl($0) }, "the subject has control characters")
        expect(message.subject.utf8.count <= 4 * size, "the subject has \(message.subject.utf8.count) bytes of \(size)")
        var end = 0
        for fold in folds {
            expect(fold.range.lowerBound >= end && !fold.range.isEmpty, "folds overlap: \(folds)")
            end = fold.range.upperBound
        }
        expect(end <= message.text.utf8.count, "a fold goes beyond the text: \(folds)")
    }

    private mutating func checkFiles() {
        let total = message.attachments.reduce(0) { $0 + $1.content.count }
        // A damaged winmail.dat is kept beside what was in it, and lost blanks in uuencoded lines are put in again.
        expect(total <= 5 * size, "files of \(total) bytes in a mail of \(size)")
        for file in message.attachments {
            let name = file.name
            expect(!name.isEmpty && name.utf8.count <= 255 && name != "." && name != "..", "a file named '\(name)'")
            let isSafe = name.unicodeScalars.allSatisfy {
                !Self.isControl($0) && $0 != "/" && $0 != "\\" && !(0x202A...0x202E).contains($0.value)
            }
            expect(isSafe, "a file named '\(name)'")
            let isType = file.type.utf8.allSatisfy { $0 > 32 && $0 < 127 } && file.type.contains("/")
            expect(isType && file.type.utf8.count <= 998, "a file of type '\(file.type)'")
            let isIdentifier = file.contentID?.unicodeScalars.allSatisfy { !Self.isControl($0) } != false
            expect(isIdentifier, "a file with the identifier '\(file.contentID ?? "")'")
        }
    }

    private mutating func checkTree() {
        expect(message.defects.count <= 200, "\(message.defects.count) defects")
        expect(message.header.fields.count <= 2_000, "\(message.header.fields.count) fields")
        let (count, depth) = Self.extent(of: message.root)
        expect(count <= 501 && depth <= 21, "\(count) parts in \(depth) levels")
    }

    private static func extent(of part: Part) -> (count: Int, depth: Int) {
        part.parts.map(extent).reduce((1, 1)) { ($0.0 + $1.count, max($0.1, $1.depth + 1)) }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127...159).contains(scalar.value)
    }
}
