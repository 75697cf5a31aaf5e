import JSON

extension JSON {
    /// A text or a number as a text; nil where it is empty or something else.
    var word: String? {
        let text = string ?? number?.text
        return text?.isEmpty == false ? text : nil
    }
}
