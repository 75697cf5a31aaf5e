/// Makes a stranger's HTML safe to show: it is read as browsers read it and written anew from what is allowed. Nothing
/// of the source is passed on as it stands.
///
/// What comes out has no scripts, styles of the page, forms, frames or foreign elements; it fetches nothing, and its
/// links say nothing of the page that they are on. Cleaning it again changes nothing.
public struct SafeHTML {
    /// What a picture that is not fetched leaves in its place: a `span` of this class with its address as the title.
    public static let blockedPicture = "remote-picture"

    /// Elements are nested no deeper; the content of deeper ones is kept without them.
    static let deepest = 200
    /// No more than this many times the source, and a little, is written; what a browser shows would be worthless.
    private static let growth = 4

    private var output: [UInt8] = []
    private let limit: Int
    private var open: [String] = []
    private let picture: (String) -> String?

    /// The HTML made safe. Time and memory are proportional to its length.
    ///
    /// - Parameter picture: where a picture can be had whose address the source gives, such as `cid:logo`. The answer
    ///   is vouched for by the caller. For nil only pictures within the HTML itself are shown.
    public static func clean(_ html: String, picture: (String) -> String? = { _ in nil }) -> HTML {
        withoutActuallyEscaping(picture) { picture in
            var cleaner = SafeHTML(length: html.utf8.count, picture: picture)
            for token in SafeTokens(html) {
                guard cleaner.output.count <= cleaner.limit else { break }
                switch token {
                case .text(let text): cleaner.write(text: text)
                case .start(let tag): cleaner.start(tag)
                case .end(let name): cleaner.end(name)
                }
            }
            while !cleaner.open.isEmpty { cleaner.close() }
            return HTML(raw: String(decoding: cleaner.output, as: UTF8.self))
        }
    }

    private init(length: Int, picture: @escaping (String) -> String?) {
        limit = length * Self.growth + 4_096
        self.picture = picture
        output.reserveCapacity(length)
    }

    private mutating func write(text: ArraySlice<UInt8>) {
        SafeText.append(text, to: &output)
    }

    private mutating func start(_ tag: SafeTokens.Tag) {
        if tag.name == "img" { return show(tag) }
        guard SafeRules.elements.contains(tag.name) else { return }
        closeImplied(by: tag.name)
        let isEmpty = SafeRules.emptyElements.contains(tag.name)
        guard isEmpty || open.count < Self.deepest else { return }
        begin(tag.name)
        if let mark = SafeQuotes.mark(of: tag) { write("class", mark) }
        for (name, value) in SafeRules.attributes(of: tag) { write(name, value) }
        output.append(UInt8(ascii: ">"))
        if !isEmpty { open.append(tag.name) }
    }

    private mutating func begin(_ name: String) {
        output.append(UInt8(ascii: "<"))
        output += name.utf8
    }

    private mutating func write(_ name: String, _ value: String) {
        output.append(UInt8(ascii: " "))
        output += name.utf8
        output += "=\"".utf8
        SafeText.append(plain: value.utf8, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    /// A picture that comes with the mail is shown, one that would have to be fetched is named.
    private mutating func show(_ tag: SafeTokens.Tag) {
        let source = SafeLinks.bare(tag.text(of: "src") ?? "")
        let alternative = tag.text(of: "alt") ?? ""
        if let address = picture(source) ?? SafeLinks.picture(source) {
            begin("img")
            write("src", address)
            write("alt", alternative)
            for (name, value) in SafeRules.attributes(of: tag) where name != "alt" { write(name, value) }
            output.append(UInt8(ascii: ">"))
            return
        }
        guard !SafeRules.isInvisible(tag), !source.isEmpty, open.count < Self.deepest else { return }
        begin("span")
        write("class", Self.blockedPicture)
        write("title", SafeLinks.page(source) ?? "")
        output.append(UInt8(ascii: ">"))
        SafeText.append(plain: alternative.utf8, to: &output)
        output += "</span>".utf8
    }

    private mutating func end(_ name: String) {
        guard let place = open.lastIndex(of: name) else { return }
        // What stands in a cell cannot end the table around it.
        let isWithin = open[(place + 1)...].contains { SafeRules.cells.contains($0) }
        guard !isWithin || SafeRules.tableParts.contains(name) else { return }
        while open.count > place { close() }
    }

    private mutating func close() {
        guard let name = open.popLast() else { return }
        output += "</".utf8
        output += name.utf8
        output.append(UInt8(ascii: ">"))
    }

    /// Closes what the start of an element ends: a paragraph, an item of a list, a cell, a row.
    private mutating func closeImplied(by name: String) {
        guard let rule = SafeRules.implied(by: name) else { return }
        var last: Int?
        for place in open.indices.reversed() {
            if rule.ended.contains(open[place]) { last = place }
            if rule.bounds.contains(open[place]) { break }
        }
        guard let last else { return }
        while open.count > last { close() }
    }
}
