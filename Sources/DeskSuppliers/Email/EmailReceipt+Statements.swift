public import Desk

extension EmailReceipt {
    /// What the mail says, in the order in which it is to be recorded: first the supplier's number, where it is new.
    ///
    /// - Parameter patterns: what the supplier's numbers look like.
    public func statements(knowing patterns: [ReferencePattern]) -> [SupplierStatement] {
        let answer = isAutomatic ? nil : MailAnswer(text)
        let finder = TheirReference(patterns, ignoring: [ourReference, ourSubject])
        let expected = answer?.kind == .acknowledged ? answer.flatMap { finder.expected(in: $0.text.firstLine) } : nil
        let found = expected ?? finder.find(subject: subject, text: isAutomatic ? "" : text)
        var contents: [SupplierStatement.Content] = []
        if let found, found != theirReference {
            contents.append(.acknowledged(reference: found))
        } else if answer?.kind == .acknowledged {
            // Whoever has no numbers of their own knows the ticket by ours.
            contents.append(.acknowledged(reference: theirReference ?? ourReference))
        }
        if let content = answer.flatMap({ content(of: $0, found) }) { contents.append(content) }
        var statements = contents.map { SupplierStatement(exchange: exchange, $0) }
        // They come with the words, which are last.
        if let last = statements.indices.last, statements[last].text != nil { statements[last].files = files }
        return statements
    }

    private func content(of answer: MailAnswer, _ reference: String?) -> SupplierStatement.Content? {
        let words = answer.text.isEmpty ? nil : answer.text.shortened
        switch answer.kind {
        case .question: return .asked(words ?? text.shortened)
        case .solved: return .resolved(words)
        case .returned: return .returned(words)
        case .acknowledged:
            let isNumberAlone = words.map { $0 == reference } ?? true
            return isNumberAlone && files.isEmpty ? nil : .noted(words ?? subject)
        case nil:
            if let words { return .noted(words) }
            return files.isEmpty ? nil : .noted(subject.isEmpty ? ourReference : subject)
        }
    }
}

extension String {
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }

    /// As much as a statement may say; the mail itself is kept whole.
    fileprivate var shortened: String { String(String.UnicodeScalarView(unicodeScalars.prefix(20_000))) }
}
