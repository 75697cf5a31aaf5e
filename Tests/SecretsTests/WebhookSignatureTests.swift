import Moments
import Secrets
import Testing

@Suite("Webhook signatures")
struct WebhookSignatureTests {
    private let body = Array(#"{"test": 2432232314}"#.utf8)
    private let moment = Moment(seconds: 1_614_265_330)
    private let secret: WebhookSecret

    init() throws {
        secret = try WebhookSecret(parsing: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    @Test("A body is signed as the standard's example is")
    func knownSignature() throws {
        let signature = WebhookSignature(
            signing: body, id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: moment, secrets: [secret])
        #expect(signature.timestamp == "1614265330")
        #expect(signature.signatures == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        try signature.verify(body, secrets: [secret], at: moment)
    }

    @Test("Another body, id, time or secret does not fit")
    func forgery() throws {
        let signature = WebhookSignature(signing: body, id: "msg_1", at: moment, secrets: [secret])
        func verify(
            _ body: [UInt8], id: String = "msg_1", timestamp: String = "1614265330", secrets: [WebhookSecret]
        ) throws {
            try WebhookSignature(id: id, timestamp: timestamp, signatures: signature.signatures)
                .verify(body, secrets: secrets, at: moment)
        }
        try verify(body, secrets: [secret])
        #expect(throws: WebhookSignature.Fault.wrongSignature) { try verify(body + [32], secrets: [secret]) }
        #expect(throws: WebhookSignature.Fault.wrongSignature) { try verify(body, id: "msg_2", secrets: [secret]) }
        #expect(throws: WebhookSignature.Fault.wrongSignature) {
            try verify(body, timestamp: "1614265331", secrets: [secret])
        }
        #expect(throws: WebhookSignature.Fault.wrongSignature) { try verify(body, secrets: [.random()]) }
        #expect(throws: WebhookSignature.Fault.wrongSignature) { try verify(body, secrets: []) }
    }

    @Test("While a secret is replaced, both sides may be ahead of the other")
    func rotation() throws {
        let next = WebhookSecret.random()
        let both = WebhookSignature(signing: body, id: "m", at: moment, secrets: [next, secret])
        try both.verify(body, secrets: [secret], at: moment)
        try both.verify(body, secrets: [next], at: moment)
        let old = WebhookSignature(signing: body, id: "m", at: moment, secrets: [secret])
        try old.verify(body, secrets: [next, secret], at: moment)
    }

    @Test("Signatures of kinds we do not know are passed over")
    func unknownKinds() throws {
        let signature = WebhookSignature(signing: body, id: "m", at: moment, secrets: [secret])
        let mixed = WebhookSignature(
            id: "m", timestamp: signature.timestamp, signatures: "v1a,AAAA v2,x v1,??? \(signature.signatures)")
        try mixed.verify(body, secrets: [secret], at: moment)
    }

    @Test("More than five minutes early or late is refused; five minutes are not")
    func tolerance() throws {
        let signature = WebhookSignature(signing: body, id: "m", at: moment, secrets: [secret])
        try signature.verify(body, secrets: [secret], at: moment + .seconds(300))
        try signature.verify(body, secrets: [secret], at: moment - .seconds(300))
        #expect(throws: WebhookSignature.Fault.tooOld) {
            try signature.verify(body, secrets: [secret], at: moment + .seconds(301))
        }
        #expect(throws: WebhookSignature.Fault.tooNew) {
            try signature.verify(body, secrets: [secret], at: moment - .seconds(301))
        }
    }

    @Test(
        "A timestamp that is no number of seconds is refused", arguments: ["", "now", "-1", "1e9", "99999999999999999"])
    func malformedTimestamp(text: String) {
        let signature = WebhookSignature(id: "m", timestamp: text, signatures: "v1,x")
        #expect(throws: WebhookSignature.Fault.malformedTimestamp) {
            try signature.verify(body, secrets: [secret], at: moment)
        }
    }

    @Test("A secret is read and written in its own form, and refused in any other")
    func secretForm() throws {
        #expect(secret.text == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        #expect(try WebhookSecret(parsing: WebhookSecret.random().text).text.count == 50)
        #expect(!"\(secret)".contains("MfKQ"))
        for text in ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_???", "whsec_AAAA", "whsk_AAAA"] {
            #expect(throws: WebhookSecret.Fault.self, "\(text)") { try WebhookSecret(parsing: text) }
        }
    }
}
