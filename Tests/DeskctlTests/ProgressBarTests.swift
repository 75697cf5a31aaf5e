import Testing

@testable import deskctl

@Suite("The progress bar")
struct ProgressBarTests {
    @Test("shows the part that is done, and never more than all of it")
    func line() {
        #expect(ProgressBar.line(0, of: 4, "reading", width: 4) == "░░░░ 0 %  reading")
        #expect(ProgressBar.line(2, of: 4, "reading", width: 4) == "██░░ 50 %  reading")
        #expect(ProgressBar.line(9, of: 4, "reading", width: 4) == "████ 100 %  reading")
        #expect(ProgressBar.line(0, of: 0, "reading", width: 4) == "░░░░ 0 %  reading")
    }

    @Test("writes only what changed, and nothing where nobody watches")
    func writing() {
        var written: [String] = []
        var bar = ProgressBar(isVisible: true) { written.append($0) }
        bar.show(1, of: 2, "half")
        bar.show(1, of: 2, "half")
        bar.clear()
        bar.clear()
        #expect(written.count == 2)
        #expect(written.last == "\r\u{1b}[2K")

        var unseen = ProgressBar(isVisible: false) { written.append($0) }
        unseen.show(1, of: 2, "half")
        unseen.clear()
        #expect(written.count == 2)
    }
}
