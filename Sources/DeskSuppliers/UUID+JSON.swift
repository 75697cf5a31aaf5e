import Foundation
import JSON

extension UUID {
    /// In the letters that RFC 9562 asks for.
    var json: JSON { uuidString.lowercased().json }
}

extension JSONForm where Value == UUID {
    static var uuid: JSONForm {
        JSONForm<String>.line(length: 1...100).checked(
            "must be a UUID such as \"0b8b3f0e-6f0a-4b1e-9d2c-3a5e7c9f1b2d\""
        ) { UUID(uuidString: $0) }
    }
}
