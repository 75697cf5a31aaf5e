public import JSON

extension Supplier {
    /// The supplier's system takes and sends mail.
    public struct Email: ConnectorTerms {
        /// Where our messages go.
        public var address: String

        public init(address: String) { self.address = address }
    }
}

extension Supplier.Email {
    public static var word: String { "email" }

    public init?(_ reader: inout JSONReader) {
        guard let address = reader.required("address", .address) else { return nil }
        self.init(address: address)
    }

    public var members: JSONObject { JSONObject([("address", address.json)]) }
    public var secrets: [String] { [] }
}
