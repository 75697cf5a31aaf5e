public import JSON

extension Supplier {
    /// The supplier has no system of its own and works in the desk's portal for suppliers.
    public struct Portal: ConnectorTerms {
        public init() {}
    }
}

extension Supplier.Portal {
    public static var word: String { "portal" }

    public init?(_ reader: inout JSONReader) {}

    public var members: JSONObject { JSONObject() }
    public var secrets: [String] { [] }
}
