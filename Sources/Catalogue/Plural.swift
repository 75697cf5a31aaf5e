/// The forms that a counted word takes in some language, named as CLDR names them.
public enum Plural: String, CaseIterable, Codable, Hashable, Sendable {
    case one
    case few
    case many
    case other

    /// The form that goes with a whole number.
    public init(_ count: Int, in language: Language) {
        let number = count.magnitude
        switch language {
        case .english, .swedish, .norwegian, .dutch:
            self = number == 1 ? .one : .other
        case .polish:
            let isTeen = (12...14).contains(number % 100)
            self = number == 1 ? .one : (2...4).contains(number % 10) && !isTeen ? .few : .many
        }
    }

    /// The forms that a message with a count needs. `other` is that of fractions where whole numbers never take it.
    static func forms(of language: Language) -> Set<Plural> {
        language == .polish ? [.one, .few, .many, .other] : [.one, .other]
    }
}
