/// The figures of a group.
protocol Keyed {
    /// The key of a site, team, supplier or category, the number of a tier, a kind; nil for tickets that have none.
    var key: String? { get }
}

extension Array where Element: Keyed {
    /// Those with most first, those of nobody last.
    func ordered(_ size: (Element) -> Int) -> [Element] {
        sorted { one, other in
            (one.key == nil ? 1 : 0, -size(one), one.key ?? "") < (
                other.key == nil ? 1 : 0, -size(other), other.key ?? ""
            )
        }
    }
}
