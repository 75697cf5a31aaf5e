extension Upload {
    /// What a file is called here that somebody sent under a name or a path: its last part, without what could deceive
    /// whoever reads or saves it.
    public static func name(_ sent: String) -> String {
        let last = sent.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var name = ""
        for scalar in last.unicodeScalars where !isDeceptive(scalar) && name.utf8.count < 200 {
            name.unicodeScalars.append(scalar)
        }
        let bare = name.drop { $0 == "." || $0 == " " }
        return bare.isEmpty ? "attachment" : String(bare)
    }

    private static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }
}
