public import Catalogue
public import DeskStore
import HTTP

extension Draft {
    /// Most files of one message, and most bytes of one file.
    public static let mostFiles = 5
    public static let largestFile = 10_000_000

    /// The files of a form; notes what is wrong where they are too many or too large.
    ///
    /// - Parameter kept: how many that came before are sent with them.
    public mutating func uploads(
        _ form: SentForm, in field: String, beside kept: Int = 0, _ wording: Wording
    ) -> [Upload] {
        let files = form.files.filter { $0.field == field }
        if files.count + kept > Self.mostFiles { refuse(field, wording(.errorFilesTooMany, ["count": Self.mostFiles])) }
        for file in files.prefix(Self.mostFiles) where file.content == nil {
            let size = wording.size(bytes: Self.largestFile)
            refuse(field, wording(.errorFileTooLarge, ["name": file.name, "size": size]))
        }
        return files.compactMap { file in
            file.content.map {
                Upload(name: Self.name(file.name), type: file.type?.essence ?? "application/octet-stream", content: $0)
            }
        }
    }

    /// What to say of the limits beside the field.
    public static func filesHint(_ wording: Wording) -> String {
        wording(.fieldFilesHint, ["count": mostFiles, "size": wording.size(bytes: largestFile)])
    }

    /// A file's name without the folders that some browsers send along, of a length that file systems can keep.
    private static func name(_ given: String) -> String {
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let kept = String(String.UnicodeScalarView(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        return kept.isEmpty ? "file" : String(kept.prefix(120))
    }
}
