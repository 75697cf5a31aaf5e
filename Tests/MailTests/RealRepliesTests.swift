import Foundation
import Mail
import Testing

@Suite("Answers that people sent to lists and desks")
struct RealRepliesTests {
    /// What is left to read of each, as its first and last words, and how much is folded.
    static let answers: [(name: String, begins: String, ends: String, kinds: [Fold.Kind])] = [
        ("correct_sig", "this is an email", "correct -- signature.", [.signature]),
        ("email_1_1", "Hi folks", "-Abhishek Kona", [.signature]),
        // It answers between the lines.
        ("email_1_2", "Hi,", "riak-users_lists.basho.com", [.signature]),
        ("email_1_3", "Oh thanks.", "-Abhishek Kona", [.quote, .signature]),
        ("email_1_4", "Awesome!", "problem with it.", [.quote]),
        ("email_1_5", "One: Here's", "for a while.", []),
        ("email_1_6", "I get proper", "rendering as well.", [.signature, .quote]),
        ("email_1_7", ":+1:", ":+1:", [.quote]),
        ("email_1_8", "On Tue, Apr 29", ">", [.signature]),
        ("email_2_1", "Outlook with a reply", "Outlook with a reply", [.quote]),
        ("email_2_2", "Outlook with a reply", "directly above line", [.quote]),
        ("email_2_3", "Outlook with a reply", "directly above line", [.quote]),
        ("email_BlackBerry", "Here is", "another email", [.signature]),
        ("email_bullets", "test 2", "- and another", [.quote, .signature]),
        ("email_iPhone", "Here is", "another email", [.signature]),
        ("email_multi_word_sent_from_my_mobile_device", "Here is", "another email", [.signature]),
        ("email_one_is_not_on", "Thank, this", "when I run...", [.quote]),
        ("email_sent_from_my_not_signature", "Here is", "my mobile phone.", []),
        ("email_sig_delimiter_in_middle_of_line", "Hi there!", "kthxbai", []),
        ("greedy_on", "On your remote", "is not working.", [.quote]),
        ("pathological", "I think you're", "get back to a computer.", [.quote]),
    ]

    @Test(
        "Each is folded as a reader would", .enabled(if: Samples.exist, Samples.absent), arguments: answers.map(\.name))
    func folds(name: String) throws {
        let answer = try #require(Self.answers.first { $0.name == name })
        let bytes = try Samples.bytes("replies/\(name).txt")
        let text = String(decoding: bytes, as: UTF8.self)
        let folds = Quotation.folds(in: text, subject: "")
        #expect(folds.map(\.kind) == answer.kinds)
        var visible: [UInt8] = []
        var position = 0
        for fold in folds {
            visible += bytes[position..<fold.range.lowerBound]
            position = fold.range.upperBound
        }
        visible += bytes[position...]
        let read = String(decoding: visible, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(read.hasPrefix(answer.begins))
        if name != "email_1_2" { #expect(read.hasSuffix(answer.ends)) }
    }
}
