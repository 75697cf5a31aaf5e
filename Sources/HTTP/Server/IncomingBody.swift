/// How far the body of the request in hand has come.
struct IncomingBody {
    /// Whether its last byte has been taken from the parser.
    var isComplete = true
    /// Whether the client waits for leave to send it.
    var awaitsLeave = false
    /// Whether somebody waits for its next piece.
    var isBeingRead = false
    /// Why no more of it can be read.
    var failure: (any Error)?
    var pace: RequestPace?
}
