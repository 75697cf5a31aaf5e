import Foundation
import Testing

/// The look of the pages, held against WCAG 2.2 and against its own vocabulary.
@Suite("The stylesheet")
struct StylesheetTests {
    /// The parts, in the order in which they are put together.
    private static let css: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        func text(_ path: String) -> String {
            (try? String(contentsOf: root.appending(path: "Sources/Assets/\(path)"), encoding: .utf8)) ?? ""
        }
        return text("assets.c").matches(of: #/#embed "(web/desk/[a-z]+\.css)"/#).map { text(String($0.1)) }.joined()
    }()

    /// Without its comments.
    private static let rules = css.replacing(#/\/\*(?s:.*?)\*\//#, with: "")

    /// The colours that have a light and a dark value.
    private static let colours: [String: (light: Colour, dark: Colour)] = {
        var colours: [String: (light: Colour, dark: Colour)] = [:]
        for match in rules.matches(of: #/--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/#) {
            colours[String(match.1)] = (Colour(match.2), Colour(match.3))
        }
        return colours
    }()

    @Test(
        "What is read stands out from its ground in light and in dark",
        arguments: [
            ("ink", "paper surface sunk internal good-soft warn-soft bad-soft info-soft brand-soft"),
            ("ink-soft", "paper surface sunk internal"), ("link", "paper surface sunk internal"),
            ("on-brand", "brand brand-strong"), ("brand-ink", "brand-soft"), ("on-bad", "bad"), ("on-sun", "sun"),
            ("on-masthead", "masthead"), ("on-masthead-soft", "masthead"), ("good", "good-soft"),
            ("warn", "warn-soft surface"),
            ("bad", "bad-soft surface paper"), ("info", "info-soft"), ("third", "third-soft"), ("calm", "calm-soft"),
        ])
    func text(foreground: String, grounds: String) throws {
        try check(foreground, grounds, atLeast: 4.5)
    }

    @Test(
        "Borders of controls, focus rings, marks and bars can be made out",
        arguments: [
            ("edge", "paper surface sunk"), ("focus", "paper surface sunk brand-soft"), ("brand", "paper surface"),
            ("sun", "masthead"), ("team", "surface sunk"), ("supplier", "surface sunk"), ("requester", "surface sunk"),
            ("series-1", "surface sunk"), ("series-2", "surface sunk"), ("bad", "paper surface calm-soft"),
            ("good", "good-soft"), ("info", "info-soft"), ("warn", "warn-soft"),
        ])
    func marks(foreground: String, grounds: String) throws {
        try check(foreground, grounds, atLeast: 3)
    }

    private func check(_ foreground: String, _ grounds: String, atLeast least: Double) throws {
        let front = try #require(Self.colours[foreground], "there is no colour \(foreground)")
        for name in grounds.split(separator: " ").map(String.init) {
            let ground = try #require(Self.colours[name], "there is no colour \(name)")
            #expect(front.light.contrast(to: ground.light) >= least, "\(foreground) on \(name), light")
            #expect(front.dark.contrast(to: ground.dark) >= least, "\(foreground) on \(name), dark")
        }
    }

    @Test("The formula gives the contrasts that everyone agrees on")
    func formula() {
        #expect(abs(Colour("#000000").contrast(to: Colour("#ffffff")) - 21) < 0.001)
        #expect(abs(Colour("#777777").contrast(to: Colour("#ffffff")) - 4.478) < 0.001)
    }

    @Test("Colours are tokens: outside the list of tokens no colour is written as a number")
    func tokens() throws {
        let parts = Self.rules.split(separator: ":root[data-theme=", maxSplits: 1)
        #expect(parts.count == 2)
        let afterTokens = try #require(parts.last)
        #expect(afterTokens.firstMatch(of: #/#[0-9a-fA-F]{3,8}\b/#) == nil)
    }

    @Test("Every token used is defined, and every token defined is used")
    func variables() {
        let defined = Set(Self.rules.matches(of: #/(--[a-z0-9-]+):/#).map { String($0.1) })
        let used = Set(Self.rules.matches(of: #/var\((--[a-z0-9-]+)\)/#).map { String($0.1) })
        #expect(used.subtracting(defined) == [])
        #expect(defined.subtracting(used) == [])
    }

    @Test("Every class is in the vocabulary at the top of the file")
    func vocabulary() throws {
        let comment = try #require(Self.css.firstMatch(of: #/\/\*(?s:.*?)\*\//#)).output
        // `.state-new|-assigned` stands for `.state-new` and `.state-assigned`, `.leg-team|-supplier` likewise.
        var known = Set<String>()
        for match in comment.matches(of: #/\.([a-z]+(?:-[a-z0-9_]+)*)((?:\|-[a-z_]+)*)/#) {
            known.insert(String(match.1))
            let stem = match.1.split(separator: "-").dropLast().joined(separator: "-")
            for ending in match.2.split(separator: "|") { known.insert(stem + ending) }
        }
        for number in 1...5 { known.insert("priority-\(number)") }
        let classes = Set(Self.rules.matches(of: #/\.([a-z][a-z0-9_-]*)/#).map { String($0.1) })
        #expect(classes.subtracting(known).sorted() == [])
    }

    @Test("Pages may run from right to left, and nothing is fetched from elsewhere")
    func logical() {
        #expect(Self.rules.firstMatch(of: #/(margin|padding|border)-(left|right)\b/#) == nil)
        #expect(Self.rules.firstMatch(of: #/[;{\s](left|right|float)\s*:/#) == nil)
        #expect(Self.rules.firstMatch(of: #/text-align:\s*(left|right)/#) == nil)
        #expect(!Self.rules.contains("url(") && !Self.rules.contains("@import") && !Self.rules.contains("!important"))
    }

    @Test(
        "People's settings and paper are served",
        arguments: [
            "prefers-reduced-motion", "forced-colors: active", "@media print", "color-scheme: light dark",
            ":focus-visible",
        ])
    func settings(feature: String) {
        #expect(Self.rules.contains(feature))
    }
}

/// A colour as WCAG 2.2 measures it.
private struct Colour: Sendable {
    /// 0 for black to 1 for white.
    let luminance: Double

    init(_ hex: some StringProtocol) {
        let value = Int(hex.dropFirst(), radix: 16) ?? 0
        let channels = [16, 8, 0].map { shift -> Double in
            let channel = Double(value >> shift & 0xFF) / 255
            return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
        }
        luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    func contrast(to other: Colour) -> Double {
        (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }
}
