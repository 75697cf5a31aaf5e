import JSON

/// A level of support; there may be any number of them (S61).
public struct Tier: Hashable, Sendable {
    /// 1 is the first line.
    public var level: Int
    public var name: String

    public init(level: Int, name: String) {
        (self.level, self.name) = (level, name)
    }
}

extension Tier {
    static func form() -> JSONForm<Tier> {
        .object { reader in
            let level = reader.required("level", .integer(1...99))
            let name = reader.required("name", .line())
            guard let level, let name else { return nil }
            return Tier(level: level, name: name)
        }
    }

    var json: JSON { .object(["level": level, "name": name]) }
}
