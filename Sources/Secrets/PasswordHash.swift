/// What is kept of a password: enough to recognise it, too little to find it.
///
/// Its text is a PHC string, `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` with base64 without padding.
public struct PasswordHash: Sendable, Hashable {
    let cost: ScryptCost
    let salt: [UInt8]
    let hash: [UInt8]

    static let saltLength = 16
    static let hashLength = 32

    /// Hashes a password with a new salt. Blocks the calling thread: use ``PasswordHasher``.
    init(hashing password: String, cost: ScryptCost) {
        salt = RandomBytes.make(Self.saltLength)
        hash = cost.hash(password, salt: salt, length: Self.hashLength)
        self.cost = cost
    }

    init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    /// Reads the text again; nil if it is not of the form, or of a cost that nobody chose.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
            let salt = Self.decode(parts[3]), let hash = Self.decode(parts[4]), (8...64).contains(salt.count),
            (16...64).contains(hash.count)
        else { return nil }
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    public var text: String {
        let cost = "ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)"
        return "$scrypt$\(cost)$\(Self.encode(salt))$\(Self.encode(hash))"
    }

    /// Blocks the calling thread: use ``PasswordHasher``.
    func fits(_ password: String) -> Bool {
        areEqualInConstantTime(cost.hash(password, salt: salt, length: hash.count), hash)
    }

    private static func cost(_ text: some StringProtocol) -> ScryptCost? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        guard words.count == 3, let rounds = number(words[0], after: "ln="), let size = number(words[1], after: "r="),
            let parallelism = number(words[2], after: "p="),
            ScryptCost.isReasonable(logRounds: rounds, blockSize: size, parallelism: parallelism)
        else { return nil }
        return ScryptCost(logRounds: rounds, blockSize: size, parallelism: parallelism)
    }

    private static func number(_ word: some StringProtocol, after name: String) -> Int? {
        word.hasPrefix(name) && word.utf8.count <= name.utf8.count + 3 ? Int(word.dropFirst(name.count)) : nil
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        let text = Base64.encode(bytes)
        return String(text.prefix { $0 != "=" })
    }

    private static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.contains("=") else { return nil }
        return Base64.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }
}

extension PasswordHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a password hash" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
