import JSON
import TimeZones

extension Weekday {
    /// Its name in documents.
    var word: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }

    static var form: JSONForm<Weekday> {
        JSONForm<String>.word(among: allCases.map(\.word)).checked("must be a day of the week such as mon") { word in
            allCases.first { $0.word == word }
        }
    }
}
