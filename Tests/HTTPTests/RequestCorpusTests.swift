import HTTP
import Testing

@Suite("Requests that other servers are tested with")
struct RequestCorpusTests {
    /// Either the first request as it is understood, or the rule that refuses it.
    enum Row {
        case accepted(Method, String, body: String = "", count: Int = 1, then: RequestFault? = nil)
        /// Accepted up to here, and the rest has not arrived.
        case unfinished(Method, String)
        case refused(RequestFault)
    }

    /// One row for each file. Most of the refused lack a Host field, which HTTP/1.1 demands.
    static let rows: [String: Row] = [
        "001": .accepted(.put, "/stuff/here?foo=bar", body: #"{"nom": "nom"}"#),
        "002": .accepted(.get, "/test"),
        "003": .accepted(.get, "/favicon.ico"),
        "004": .refused(.missingHost),
        "005": .refused(.malformedTarget),
        "006": .refused(.missingHost),
        "007": .refused(.missingHost),
        "008": .accepted(.get, "/unusual_content_length", body: "HELLO"),
        "009": .refused(.malformedTarget),
        "010": .refused(.missingHost),
        "011": .refused(.missingHost),
        "012": .refused(.missingHost),
        "013": .refused(.missingHost),
        "014": .refused(.malformedTarget),
        "015": .accepted(.get, "/test"),
        "017": .accepted(.get, "/stuff/here?foo=bar"),
        "018": .refused(.missingHost),
        "019": .accepted(.get, "/first", then: .missingHost),
        "020": .accepted(.get, "/first", body: "GET /second HTTP/1.1\r\n\r\n"),
        "021": .refused(.missingHost),
        "022": .accepted(.get, "/first", then: .missingHost),
        "023": .refused(.missingHost),
        "024": .accepted(.put, "/q="),
        "025": .refused(.missingHost),
        "025_line": .refused(.missingHost),
        "026": .accepted(.get, "/"),
        "027": .refused(.malformedTarget),
        "028": .refused(.blankBeforeColon),
        "029": .refused(.missingHost),
        "030": .refused(.missingHost),
        "031": .refused(.unknownMethod),
        "031compat": .refused(.unknownMethod),
        "031compat2": .refused(.unknownMethod),
        "040": .accepted(.get, "/keep/same/as?invalid/040", body: "tricked"),
        "040_compat": .accepted(.get, "/keep/same/as?invalid/040", body: "tricked"),
        "099": .unfinished(.post, "/test-form"),
        "100": .refused(.missingHost),
        "compat_obs_fold": .refused(.foldedField),
        "compat_obs_fold_huge": .refused(.foldedField),
        "padding_01": .accepted(.get, "/"),
        "pp_01": .refused(.malformedRequestLine),
        "pp_02": .refused(.malformedRequestLine),
        "pp_03": .accepted(.get, "/no/proxy/header"),
        "pp_04": .refused(.malformedRequestLine),
        "pp_05": .refused(.malformedRequestLine),
        "rfc9110_body_framing_get_cl_nonzero_01": .accepted(.get, "/foo", body: "hello"),
        "rfc9110_body_framing_get_cl_zero_01": .accepted(.get, "/foo"),
        "rfc9110_body_framing_http10_cl_01": .accepted(.post, "/foo", body: "hello"),
        "rfc9110_field_name_special_chars_01": .accepted(.get, "/foo"),
        "rfc9110_field_value_htab_trim_01": .accepted(.get, "/foo"),
        "rfc9110_field_value_obs_text_01": .accepted(.get, "/foo"),
        "rfc9112_chunked_ext_quoted_01": .accepted(.post, "/upload", body: "hello"),
        "rfc9112_chunked_size_leading_zeros_01": .accepted(.post, "/upload", body: "hello"),
        "rfc9112_chunked_size_uppercase_hex_01": .accepted(.post, "/upload", body: "0123456789"),
        "rfc9112_smuggle_gzip_chunked_01": .refused(.unknownEncoding),
        "rfc9112_smuggle_te_identity_chunked_01": .refused(.unknownEncoding),
        "rfc9112_target_absolute_01": .accepted(.get, "/foo?q=1"),
        "rfc9112_target_absolute_https_01": .accepted(.get, "/foo"),
        "rfc9112_target_absolute_ipv6_01": .accepted(.get, "/foo"),
        "rfc9112_target_absolute_userinfo_01": .refused(.userInformation),
        "rfc9112_target_asterisk_options_01": .accepted(.options, "*"),
        "rfc9112_target_authority_connect_01": .refused(.tunnelRequested),
        "rfc9112_target_authority_ipv6_01": .refused(.tunnelRequested),
    ]

    @Test("Every file has a row", .enabled(if: RequestCorpus.isPresent, "The shared corpus is not here."))
    func complete() throws {
        #expect(try RequestCorpus.names() == Self.rows.keys.sorted())
    }

    @Test(
        "Each file is understood or refused as its row says",
        .enabled(if: RequestCorpus.isPresent, "The shared corpus is not here."), arguments: rows.keys.sorted())
    func understood(file: String) throws {
        let reading = Reading([try RequestCorpus.bytes(file)])
        let row = try #require(Self.rows[file])
        switch row {
        case .accepted(let method, let target, let body, let count, let then):
            #expect(reading.messages.count == count)
            let first = try #require(reading.messages.first)
            #expect(first.method == method)
            #expect(target == "/q=" ? first.target.hasPrefix(target) : first.target == target)
            #expect(first.body == body)
            #expect(reading.fault == then)
            #expect(!reading.isWithinRequest)
        case .unfinished(let method, let target):
            #expect(reading.messages.isEmpty)
            #expect(reading.fault == nil)
            #expect(reading.isWithinRequest)
            #expect(reading.heads.first?.method == method)
            #expect(reading.heads.first?.target.path == target)
        case .refused(let fault):
            #expect(reading.messages.isEmpty)
            #expect(reading.fault == fault)
        }
    }

    @Test(
        "With a Host field, what lacked only that is understood",
        .enabled(if: RequestCorpus.isPresent, "The shared corpus is not here."),
        arguments: [
            ("004", "/silly", ""), ("006", "/get_no_headers_no_body/world", ""),
            ("010", "/post_chunked_all_your_base", "all your base are belong to us"),
            ("011", "/two_chunks_mult_zero_end", "hello world"), ("012", "/chunked_w_trailing_headers", "hello world"),
            ("013", "/chunked_w_extensions", "hello world"), ("021", "/first", ""),
            ("100", "///keeping_slashes", ""),
        ])
    func withHost(file: String, target: String, body: String) throws {
        let text = String(decoding: try RequestCorpus.bytes(file), as: UTF8.self)
        let reading = Reading(text.replacing(" HTTP/1.1\r\n", with: " HTTP/1.1\r\nHost: desk.example\r\n"))
        #expect(reading.messages.first?.target == target)
        #expect(reading.messages.first?.body == body)
        #expect(reading.fault == nil)
    }

    @Test(
        "With a Host field, a coding other than chunked is still refused",
        .enabled(if: RequestCorpus.isPresent, "The shared corpus is not here."),
        arguments: ["025", "025_line", "029", "030"])
    func codings(file: String) throws {
        let text = String(decoding: try RequestCorpus.bytes(file), as: UTF8.self)
        let reading = Reading(text.replacing(" HTTP/1.1\r\n", with: " HTTP/1.1\r\nHost: desk.example\r\n"))
        #expect(reading.fault == .unknownEncoding)
    }
}
