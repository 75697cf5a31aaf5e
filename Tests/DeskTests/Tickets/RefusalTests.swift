import Desk
import Testing

@Suite("Refusals")
struct RefusalTests {
    @Test("Each says in a sentence of its own what was wrong and what to do")
    func sentences() {
        let sentences = Refusal.Reason.allCases.map {
            Refusal(reason: $0, state: .assigned, event: .closed).description
        }
        #expect(Set(sentences).count == sentences.count)
        for sentence in sentences {
            #expect(sentence.split(separator: ". ").count >= 2 && sentence.hasSuffix("."), "\(sentence)")
        }
    }
}
