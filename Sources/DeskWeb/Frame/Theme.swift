import Catalogue

/// The appearance that a visitor has chosen.
enum Theme: String, CaseIterable, Sendable {
    case light
    case dark
    /// As the device has it.
    case system

    var phrase: Phrase {
        switch self {
        case .light: .themeLight
        case .dark: .themeDark
        case .system: .themeSystem
        }
    }

    /// The value of `data-theme`; nil leaves it to the device.
    var attribute: String? { self == .system ? nil : rawValue }
}
