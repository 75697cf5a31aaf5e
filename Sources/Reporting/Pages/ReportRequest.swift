import Catalogue
import DeskStore
import DeskWeb
import HTTP
import Moments
import TimeZones

/// What somebody asks of a report in the address of a page: `from` and `to` as days, `by` as a breakdown.
struct ReportRequest {
    let question: Question
    /// What stood in the fields, with what is wrong with it.
    private(set) var draft: Draft

    /// What is missing or wrong is replaced by what is usual, so that there is always a report to show.
    init(
        _ query: Query, by usualSplit: Split, reach: Reach, zone: Zone, now: Moment, _ wording: Wording
    ) {
        let usual = Period(lastDays: Period.usual, until: now, in: zone)
        var draft = Draft(query)
        func day(_ field: String, otherwise: CivilDate) -> CivilDate? {
            guard !draft[field].isEmpty else { return otherwise }
            guard let date = CivilDate(draft[field]), (1900...9000).contains(date.year) else {
                draft.refuse(field, wording(.errorDate))
                return nil
            }
            return date
        }
        let last = day("to", otherwise: usual.last)
        let first = day("from", otherwise: (last ?? usual.last).adding(days: 1 - Period.usual))
        let period = first.flatMap { first in last.flatMap { Period(from: first, to: $0, in: zone) } }
        if let first, let last, period == nil {
            draft.refuse("to", wording(last < first ? .errorPeriodOrder : .reportTooLong))
        }
        var split = usualSplit
        if !draft["by"].isEmpty {
            if let known = Split(rawValue: draft["by"]) {
                split = known
            } else {
                draft.refuse("by", wording(.errorChoiceMissing, ["field": wording(.reportSplit)]))
            }
        }
        question = Question(period: period ?? usual, split: split, reach: reach, now: now)
        self.draft = draft
    }

    /// For programs: faults are an answer of their own.
    ///
    /// - Throws: `Problem` 422 with all faults.
    func checked() throws(Problem) -> Question {
        guard draft.faults.isEmpty else {
            throw Problem(
                .unprocessableContent, detail: "The report cannot be made from these choices.",
                errors: draft.faults.map { Problem.Fault("\($0.field): \($0.text)") })
        }
        return question
    }
}
