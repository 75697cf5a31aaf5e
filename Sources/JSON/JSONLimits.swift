/// How much of a stranger's JSON is read before it is refused.
public struct JSONLimits: Sendable {
    /// Bytes of the whole text.
    public var bytes: Int
    /// Lists and objects inside one another. Reading is recursive, so this also bounds the stack.
    public var depth: Int
    /// Values in the whole text, because a byte of text can cost thirty of memory.
    public var values: Int
    /// Characters of one number.
    public var numberLength: Int

    public init(bytes: Int = 1_048_576, depth: Int = 64, values: Int = 200_000, numberLength: Int = 128) {
        precondition(depth <= 512, "Reading deeper than 512 levels could exhaust the stack")
        self.bytes = bytes
        self.depth = depth
        self.values = values
        self.numberLength = numberLength
    }
}
