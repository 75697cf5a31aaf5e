/// A piece of what a letter says, in the order in which it is read, whether it is shown as text or as HTML.
enum LetterPart: Hashable {
    /// What the desk says; lines may be broken by it.
    case sentence(String)
    /// What a person wrote, or what was announced: no words of the letter itself.
    case words(String)
    /// What programs read: its lines stay as they are.
    case block(String)
    /// Where to go on with a browser. The sentence holds the address; the label stands on a button instead of it.
    case way(to: String, sentence: String, label: String)
    /// What stands beneath the signature.
    case footer(String)
}
