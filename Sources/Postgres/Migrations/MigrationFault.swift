/// Why a schema and a program do not fit one another, with what to do about it.
public enum MigrationFault: Error, CustomStringConvertible {
    case missing([String])
    case edited(Int, String)
    case needsNewerProgram(oldest: Int, own: Int)
    case disordered(Int, String)
    case unreadableHeader(Int, String)
    case failed(Int, String, DatabaseError)

    public var description: String {
        switch self {
        case .missing(let migrations):
            "The database lacks migration \(migrations.joined(separator: ", ")); run deskctl migrate."
        case .edited(let number, let name):
            "Migration \(number) (\(name)) was edited after it had run. Put it back and write a new one."
        case .needsNewerProgram(let oldest, let own):
            "The database needs programs of number \(oldest) or newer, and this one is number \(own). "
                + "Install the newer release."
        case .disordered(let number, let name):
            "Migration \(number) (\(name)) is out of order: each number must be greater than the one before."
        case .unreadableHeader(let number, let name):
            "Migration \(number) (\(name)) has a first line \"-- oldest program:\" without a whole number."
        case .failed(let number, let name, let error):
            "Migration \(number) (\(name)) failed and nothing of it remains, unless it runs without a transaction: "
                + "\(error)"
        }
    }
}
