/// Why a draft cannot be written as a message.
public enum UnwritableDraft: Error, Hashable, CustomStringConvertible {
    /// No mail can be sent to the address, or it holds characters that no address may hold.
    case badAddress(String)
    /// The identifier is empty or holds blanks, angle brackets or control characters.
    case badIdentifier(String)
    /// The name of a further field is no name, or one that the draft has a property for.
    case badField(String)
    /// The media type of a file is none.
    case badType(String)

    public var description: String {
        switch self {
        case .badAddress(let address): "\"\(address)\" is not a complete mail address; it must read name@domain."
        case .badIdentifier(let identifier):
            "\"\(identifier)\" is not a message identifier; it must read left@right, without blanks and brackets."
        case .badField(let name): "\"\(name)\" cannot be used as the name of a further header field."
        case .badType(let type): "\"\(type)\" is not a media type; it must read type/subtype."
        }
    }
}
