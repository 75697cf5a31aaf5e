extension Dictionary where Key == String {
    /// In which of the languages somebody reads: his own, or else English, or else the first there is.
    public func language(for reader: String) -> String? {
        [reader, "en"].first { self[$0] != nil } ?? keys.min()
    }
}
