public import Runtime

extension SettingsReader {
    /// The setting `…_SECRET`, or `…_SECRET_FILE`: the master keys, the newest first. Nil if there is a fault.
    public mutating func masterKeys(prefix: String = "MERIDIAN") -> MasterKeys? {
        secret(
            "\(prefix)_SECRET",
            "The keys that sessions, tokens and stored secrets stand on, as name:base64,name:base64, the newest first.",
            "a list of keys of 32 bytes, such as 2026a: and the output of openssl rand -base64 32"
        ) { text in try MasterKeys(parsing: text) }
    }
}
