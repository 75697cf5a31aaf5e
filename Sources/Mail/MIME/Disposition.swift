/// Whether a part is meant to be seen in its place or to be kept (RFC 2183).
public struct Disposition: Hashable, Sendable {
    /// Where a part belongs.
    public enum Kind: Hashable, Sendable {
        case inline
        case attachment
    }

    public let kind: Kind
    public let parameters: Parameters

    /// What the unfolded value of a Content-Disposition field means. A word that is not known means an attachment
    /// (section 2.8); a value without a word says nothing, and neither does an empty one.
    init?(_ value: ArraySlice<UInt8>) {
        let (main, parameters) = ParameterParser.parse(value)
        guard !main.isEmpty || parameters.bytes("filename") != nil else { return nil }
        kind = main == "inline" || main.isEmpty ? .inline : .attachment
        self.parameters = parameters
    }
}
