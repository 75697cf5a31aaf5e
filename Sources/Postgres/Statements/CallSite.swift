/// The place in the program from which the database was asked, for errors.
public struct CallSite: Sendable, CustomStringConvertible {
    let file: StaticString
    let line: UInt

    public init(file: StaticString = #fileID, line: UInt = #line) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}
