import DeskStore
import Testing

@Suite("Why a message became what it became")
struct MailReasonTests {
    @Test("Each reason is found again by the sentence that is kept", arguments: MailReason.allCases)
    func foundAgain(reason: MailReason) {
        let sentence = reason.sentence("OSL-10432", "AMS-7")
        #expect(MailReason(sentence: sentence) == reason, "\(sentence)")
        #expect(!sentence.contains("*"))
    }

    @Test("What a message has of its own stands in its place")
    func values() {
        #expect(
            MailReason.answeredMerged.sentence("OSL-1", "OSL-2")
                == "an answer to OSL-1, which was merged into OSL-2")
        #expect(MailReason.tooMany.sentence("61") == "number 61 from its sender within the hour")
    }

    @Test(
        "A sentence that nobody keeps is none of them",
        arguments: ["", "a new request!", "an answer to OSL-1", "number 61 from its sender", "*"])
    func unknown(sentence: String) {
        #expect(MailReason(sentence: sentence) == nil)
    }
}
