extension SQL {
    /// What may stand in `\( )` inside a statement.
    public struct StringInterpolation: StringInterpolationProtocol {
        var statement: SQL = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            statement.texts.reserveCapacity(interpolationCount + 1)
        }

        public mutating func appendLiteral(_ text: String) {
            statement.append(text)
        }

        /// A value: it travels as a parameter and stays data whatever it holds.
        public mutating func appendInterpolation(_ value: some PostgresValue) {
            statement.append(value: value)
        }

        /// A value or NULL.
        public mutating func appendInterpolation<Value: PostgresValue>(_ value: Value?) {
            statement.append(value: value)
        }

        /// Another part of a statement, with its parameters.
        public mutating func appendInterpolation(_ fragment: SQL) {
            statement.append(fragment)
        }

        /// The columns that a row type reads.
        public mutating func appendInterpolation<Row: PostgresRow>(columns: Row.Type) {
            statement.append(Row.columns)
        }

        /// A name of a table, column, role or channel, quoted so that any text is a name and nothing else.
        public mutating func appendInterpolation(identifier name: String) {
            statement.append(quotedIdentifier(name))
        }
    }
}

/// The name in double quotes, those inside doubled. No name can hold a zero byte; it is left out.
func quotedIdentifier(_ name: String) -> String {
    var quoted = "\""
    for scalar in name.unicodeScalars where scalar.value != 0 {
        if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
        quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
}
