import COpenSSL

/// Keeps secrets unreadable and unchanged outside the process, by AES-256-GCM under the keys of one purpose.
///
/// Sealed bytes: a version (1), the length of the key's name, the name, a nonce of 12 bytes, the ciphertext and its
/// tag of 16 bytes. Everything before the ciphertext is authenticated with it.
public struct Seal: Sendable {
    /// Why sealed bytes cannot be opened.
    public enum Fault: Error, Hashable, Sendable {
        case malformed
        /// The key they were sealed with is not in the list any more.
        case unknownKey(String)
        /// They were changed, or sealed for another place.
        case notAuthentic
    }

    private let keys: [(id: String, key: SecretKey)]

    private static let version: UInt8 = 1
    private static let nonceLength = 12
    private static let tagLength = 16

    public init(_ masterKeys: MasterKeys, purpose: String) {
        keys = masterKeys.entries.map { ($0.id, $0.key.derived(for: "seal \(purpose)")) }
    }

    /// Seals bytes for one place. Only `open` with the same place yields them again, so that what is sealed for one
    /// row cannot be put into another.
    public func seal(_ plain: [UInt8], for place: String) -> [UInt8] {
        let newest = keys[0]
        let name = Array(newest.id.utf8)
        let nonce = RandomBytes.make(Self.nonceLength)
        let header = [Self.version, UInt8(name.count)] + name + nonce
        let cipher = Cipher(key: newest.key, nonce: nonce, isSealing: true)
        cipher.authenticate(header + Array(place.utf8))
        return header + cipher.run(plain) + cipher.tag(length: Self.tagLength)
    }

    /// The bytes that were sealed for the same place.
    public func open(_ sealed: [UInt8], for place: String) throws(Fault) -> [UInt8] {
        guard sealed.count >= 2, sealed[0] == Self.version else { throw .malformed }
        let nameEnd = 2 + Int(sealed[1])
        let headerEnd = nameEnd + Self.nonceLength
        guard sealed.count >= headerEnd + Self.tagLength else { throw .malformed }
        let name = String(decoding: sealed[2..<nameEnd], as: UTF8.self)
        guard let (_, key) = keys.first(where: { $0.id == name }) else { throw .unknownKey(name) }
        let cipher = Cipher(key: key, nonce: Array(sealed[nameEnd..<headerEnd]), isSealing: false)
        cipher.authenticate(Array(sealed[..<headerEnd]) + Array(place.utf8))
        let plain = cipher.run(Array(sealed[headerEnd..<(sealed.count - Self.tagLength)]))
        guard cipher.accepts(tag: Array(sealed.suffix(Self.tagLength))) else { throw .notAuthentic }
        return plain
    }

    /// Whether the bytes were sealed with an older key than the newest, and should be sealed anew.
    public func isDated(_ sealed: [UInt8]) -> Bool {
        let name = Array(keys[0].id.utf8)
        return !sealed.starts(with: [Self.version, UInt8(name.count)] + name)
    }
}

/// One run of AES-256-GCM in OpenSSL.
private struct Cipher: ~Copyable {
    private let context: OpaquePointer

    init(key: SecretKey, nonce: [UInt8], isSealing: Bool) {
        guard let context = EVP_CIPHER_CTX_new(),
            EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key.bytes, nonce, isSealing ? 1 : 0) == 1
        else { preconditionFailure("OpenSSL has AES-256-GCM and memory for its state") }
        self.context = context
    }

    func authenticate(_ bytes: [UInt8]) {
        var written: Int32 = 0
        let result = EVP_CipherUpdate(context, nil, &written, bytes, Int32(bytes.count))
        precondition(result == 1, "AES-256-GCM authenticates any bytes")
    }

    func run(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            var written: Int32 = 0
            let result = EVP_CipherUpdate(context, buffer.baseAddress, &written, bytes, Int32(bytes.count))
            precondition(result == 1, "AES-256-GCM takes any bytes")
            count = Int(written)
        }
    }

    /// The tag after sealing.
    func tag(length: Int) -> [UInt8] {
        var written: Int32 = 0
        var rest: UInt8 = 0
        let ended = EVP_CipherFinal_ex(context, &rest, &written)
        precondition(ended == 1, "sealing always ends")
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let result = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(length), buffer.baseAddress)
            precondition(result == 1, "a tag stands at the end of sealing")
            count = length
        }
    }

    /// Whether what was opened is what was sealed.
    func accepts(tag: [UInt8]) -> Bool {
        var (tag, rest, written) = (tag, UInt8(0), Int32(0))
        return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
            && EVP_CipherFinal_ex(context, &rest, &written) == 1
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }
}
