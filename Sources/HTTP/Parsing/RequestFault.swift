/// Why a request was refused before any endpoint saw it. Each case is one rule of RFC 9110 or RFC 9112, or one of
/// our limits. The connection is closed after every one of them: what follows on it cannot be trusted.
public enum RequestFault: String, Error, Sendable, Hashable, CaseIterable {
    // Lines
    case bareLineFeed, bareCarriageReturn, tooManyEmptyLines
    // The request line
    case malformedRequestLine, requestLineTooLong, methodTooLong, unknownMethod, unsupportedVersion
    case malformedTarget, userInformation, asteriskWithoutOptions, tunnelRequested
    // Header fields
    case foldedField, blankBeforeColon, malformedFieldName, invalidFieldValue
    case fieldTooLong, tooManyFields, fieldSectionTooLarge
    case missingHost, severalHosts, invalidHost, unknownExpectation
    // Framing
    case lengthWithEncoding, severalLengths, malformedLength
    case encodingBefore11, malformedEncoding, chunkedNotLast, chunkedRepeated, unknownEncoding
    // Body
    case malformedChunkSize, malformedChunkExtension, chunkExtensionTooLong, chunkOverhead, malformedChunkEnd
    case malformedTrailer, trailersTooLarge, bodyTooLarge
    // Time
    case headTimedOut, headIncomplete, bodyTimedOut, bodyTooSlow, bodyIncomplete

    /// What the request is answered with.
    public var status: Status {
        switch self {
        case .requestLineTooLong: .uriTooLong
        case .methodTooLong, .unknownMethod, .tunnelRequested, .unknownEncoding: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        case .fieldTooLong, .tooManyFields, .fieldSectionTooLarge, .trailersTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .unknownExpectation: .expectationFailed
        case .headTimedOut, .bodyTimedOut, .bodyTooSlow: .requestTimeout
        default: .badRequest
        }
    }

    /// The rule in words, for the answer and the log. It never repeats what was sent.
    public var rule: String {
        switch self {
        case .bareLineFeed: "A line must end in CR LF, not in LF alone."
        case .bareCarriageReturn: "A CR may stand only before an LF."
        case .tooManyEmptyLines: "Too many empty lines stand before the request line."
        case .malformedRequestLine: "The request line must be a method, a target and a version with one space between."
        case .requestLineTooLong: "The request target is too long."
        case .methodTooLong, .unknownMethod: "This server does not know that method."
        case .unsupportedVersion: "This server speaks HTTP/1.1 and HTTP/1.0."
        case .malformedTarget:
            "The request target must be an absolute path or URL in percent-encoded form, without dot segments or NUL."
        case .userInformation: "A request target must not carry a user name or password."
        case .asteriskWithoutOptions: "The target * is for OPTIONS only."
        case .tunnelRequested: "This server is not a proxy: it opens no tunnels."
        case .foldedField: "A header field must not be continued on a second line."
        case .blankBeforeColon: "No blank may stand between a field name and its colon."
        case .malformedFieldName: "A field line must begin with a name and a colon."
        case .invalidFieldValue: "A field value must not contain control characters."
        case .fieldTooLong: "A header field is too long."
        case .tooManyFields: "There are too many header fields."
        case .fieldSectionTooLarge: "The header section is too large."
        case .missingHost: "An HTTP/1.1 request needs a Host field."
        case .severalHosts: "A request must have one Host field only."
        case .invalidHost: "The Host field must be a host name with an optional port."
        case .unknownExpectation: "The only expectation this server can meet is 100-continue."
        case .lengthWithEncoding: "Content-Length and Transfer-Encoding must not stand together."
        case .severalLengths: "A request must have one Content-Length field only."
        case .malformedLength: "Content-Length must be one decimal number that a message can have."
        case .encodingBefore11: "An HTTP/1.0 request cannot have a Transfer-Encoding."
        case .malformedEncoding: "The Transfer-Encoding field must be exactly chunked."
        case .chunkedNotLast: "The last transfer coding of a request must be chunked."
        case .chunkedRepeated: "A body must be chunked only once."
        case .unknownEncoding: "The only transfer coding this server knows is chunked."
        case .malformedChunkSize: "A chunk must begin with its size in hexadecimal digits."
        case .malformedChunkExtension: "What follows the size of a chunk must be extensions such as ;name=value."
        case .chunkExtensionTooLong: "A chunk extension is too long."
        case .chunkOverhead: "The body is cut into too many small chunks."
        case .malformedChunkEnd: "A chunk must end in CR LF right after its data."
        case .malformedTrailer: "The trailer section is malformed."
        case .trailersTooLarge: "The trailer section is too large."
        case .bodyTooLarge: "The body is larger than this endpoint accepts."
        case .headTimedOut: "The header section took too long to arrive."
        case .headIncomplete: "The connection ended within the header section."
        case .bodyTimedOut: "The body stopped arriving."
        case .bodyTooSlow: "The body arrives too slowly."
        case .bodyIncomplete: "The connection ended before the body did."
        }
    }
}

extension RequestFault: CustomStringConvertible {
    public var description: String { "\(status.code) \(rawValue): \(rule)" }
}
