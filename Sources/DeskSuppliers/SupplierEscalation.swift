public import Catalogue
public import Desk
import JSON

/// What a supplier is told when a part of the time of its contract is used up. All of it stands in the contract or
/// follows from it; nothing is of the ticket.
public struct SupplierEscalation: Hashable, Sendable {
    public let mark: ContractMark
    public let text: String

    public init(_ mark: ContractMark, text: String) { (self.mark, self.text) = (mark, text) }

    /// In the words of the contract, or else in the desk's.
    public init(_ mark: ContractMark, in step: Supplier.Contract.Step?, _ wording: Wording) {
        let measure = wording(.measure, mark.measure.rawValue)
        let usual = wording(.supplierEscalation, ["percent": mark.percent, "measure": measure])
        self.init(mark, text: step?.text ?? usual)
    }
}

extension SupplierEscalation {
    var json: JSON {
        .object(["target": mark.measure.rawValue, "percent": mark.percent, "text": text])
    }

    static var form: JSONForm<SupplierEscalation> {
        .object { reader in
            let measure: Measure? = reader.required("target", .word())
            let percent = reader.required("percent", .integer(1...1000))
            let text = reader.required("text", JSONForm<String>.text(length: 1...4000))
            guard let measure, let percent, let text else { return nil }
            return SupplierEscalation(ContractMark(measure, percent: percent), text: text)
        }
    }
}
