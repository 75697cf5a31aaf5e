/// Why an answer could not be read.
public enum ResponseFault: String, Error, Sendable, Hashable, CaseIterable {
    case malformedStatusLine, unsupportedVersion, unexpectedUpgrade, tooManyInterimResponses
    case malformedField, tooManyFields, headTooLarge
    case malformedLength, unknownEncoding, malformedChunk
    case bodyTooLarge
    /// The connection ended before the answer did.
    case incomplete
}
