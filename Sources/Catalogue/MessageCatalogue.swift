import Assets
import JSON

/// Everything that the desk says in one language, read once from the embedded file.
struct MessageCatalogue: Sendable {
    let messages: [Phrase: Message]
    let formats: Formats

    /// The catalogue of a language, read at its first use.
    static func of(_ language: Language) -> MessageCatalogue {
        switch language {
        case .english: english
        case .swedish: swedish
        case .norwegian: norwegian
        case .dutch: dutch
        case .polish: polish
        }
    }

    private static let english = embedded(.english)
    private static let swedish = embedded(.swedish)
    private static let norwegian = embedded(.norwegian)
    private static let dutch = embedded(.dutch)
    private static let polish = embedded(.polish)

    /// The file is part of the program, and a test reads every one: a fault in it cannot meet a user.
    private static func embedded(_ language: Language) -> MessageCatalogue {
        do {
            return try MessageCatalogue(bytes(of: language), language: language)
        } catch {
            preconditionFailure("The catalogue \(language.tag).json cannot be used:\n\(error)")
        }
    }

    static func bytes(of language: Language) -> [UInt8] {
        guard let asset = meridian_asset_find("catalogue/\(language.tag).json") else { return [] }
        return Array(UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length))
    }

    /// Reads a catalogue and tells everything that is wrong with it.
    init(_ bytes: [UInt8], language: Language) throws {
        let document = try JSON.parse(bytes)
        self = try document.read { reader in
            let messages = reader.required("messages", Self.messages(in: language))
            let formats = reader.required("formats", .object(Formats.init))
            guard let messages, let formats else { return nil }
            return MessageCatalogue(messages: messages, formats: formats)
        }
    }

    private init(messages: [Phrase: Message], formats: Formats) {
        (self.messages, self.formats) = (messages, formats)
    }

    private static func messages(in language: Language) -> JSONForm<[Phrase: Message]> {
        .object { reader in
            var messages: [Phrase: Message] = [:]
            for phrase in Phrase.allCases {
                messages[phrase] = reader.required(phrase.rawValue, message(in: language))
            }
            return messages
        }
    }

    private static func message(in language: Language) -> JSONForm<Message> {
        let pieces = JSONForm.text(length: 1...2000)
            .checked("must have a name in every pair of braces, such as {name}", Message.pieces)
        return .choosing { json in
            if json.string != nil { return pieces.map { Message(text: .plain($0)) } }
            return .object { reader in
                var forms: [Plural: [Message.Piece]] = [:]
                for form in Plural.allCases where Plural.forms(of: language).contains(form) {
                    forms[form] = reader.required(form.rawValue, pieces)
                }
                return Message(text: .counted(forms))
            }
        }
    }
}

extension Formats {
    init?(from reader: inout JSONReader) {
        let text = JSONForm.text(length: 1...60)
        let twelve = JSONForm<[String]>.list(of: text, count: 12...12)
        let seven = JSONForm<[String]>.list(of: text, count: 7...7)
        let date = reader.required("date", text)
        let dateWithWeekday = reader.required("date_with_weekday", text)
        let dayAndMonth = reader.required("day_and_month", text)
        let dateAndTime = reader.required("date_and_time", text)
        let months = reader.required("months", twelve)
        let shortMonths = reader.required("short_months", twelve)
        let lonelyMonths = reader.required("lonely_months", twelve)
        let weekdays = reader.required("weekdays", seven)
        let shortWeekdays = reader.required("short_weekdays", seven)
        let decimalPoint = reader.required("decimal_point", text)
        let groupSeparator = reader.required("group_separator", text)
        let groupedFrom = reader.required("grouped_from", .integer(4...5))
        let percent = reader.required("percent", text)
        guard let date, let dateWithWeekday, let dayAndMonth, let dateAndTime, let months, let shortMonths,
            let lonelyMonths, let weekdays, let shortWeekdays, let decimalPoint, let groupSeparator, let groupedFrom,
            let percent
        else { return nil }
        self.init(
            date: date, dateWithWeekday: dateWithWeekday, dayAndMonth: dayAndMonth, dateAndTime: dateAndTime,
            months: months, shortMonths: shortMonths, lonelyMonths: lonelyMonths, weekdays: weekdays,
            shortWeekdays: shortWeekdays, decimalPoint: decimalPoint, groupSeparator: groupSeparator,
            groupedFrom: groupedFrom, percent: percent)
    }
}
