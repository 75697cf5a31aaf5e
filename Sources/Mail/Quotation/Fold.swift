/// A stretch of a text that its readers have seen before or need not see at first. It is shown folded; nothing is
/// taken away.
public struct Fold: Hashable, Sendable {
    /// What a stretch is.
    public enum Kind: Sendable {
        /// An older message, with the lines that introduce it.
        case quote
        /// Who wrote, the program that was used, the list that it came by.
        case signature
        /// The legal notice of a firm.
        case notice
    }

    public let kind: Kind
    /// Bytes of the text in UTF-8, from the beginning of a line to the end of one.
    public let range: Range<Int>
}
