public import JSON
import Postgres

/// A stretch of an entry's text that is shown folded: it is quoted, or the same under all that its author writes.
public struct EntryFold: Sendable, Hashable {
    public enum Kind: String, CaseIterable, Sendable { case quote, signature, notice }

    public let kind: Kind
    /// Bytes of the text in UTF-8, whole lines of it.
    public let range: Range<Int>

    public init(_ kind: Kind, _ range: Range<Int>) { (self.kind, self.range) = (kind, range) }

    public var json: JSON {
        .object(["kind": kind.rawValue, "start": range.lowerBound, "end": range.upperBound])
    }

    /// As they are kept; nil where there are none.
    static func column(_ folds: [EntryFold]) -> JSONText? {
        folds.isEmpty ? nil : JSONText(String(decoding: JSON.array(folds.map(\.json)).bytes(), as: UTF8.self))
    }

    /// As they were kept. One that cannot be of this text is left out: then the text is all to be seen.
    static func read(_ column: JSONText?, in text: String) -> [EntryFold] {
        guard let column, let all = try? JSON.parse(column.text), case .array(let members) = all else { return [] }
        var end = 0
        return members.compactMap { member in
            guard let fold = try? member.read(form), fold.range.lowerBound >= end,
                fold.range.upperBound <= text.utf8.count
            else { return nil }
            end = fold.range.upperBound
            return fold
        }
    }

    private static var form: JSONForm<EntryFold> {
        .object { reader in
            let kind: Kind? = reader.required("kind", .word())
            let start = reader.required("start", .integer(0...Int(Int32.max)))
            let end = reader.required("end", .integer(0...Int(Int32.max)))
            guard let kind, let start, let end, start <= end else { return nil }
            return EntryFold(kind, start..<end)
        }
    }
}
