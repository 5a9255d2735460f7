import Foundation
import JSON

@testable import Sandbox

extension TaskTests {
    /// Work that can be told apart by a number.
    static func work(_ place: Int) throws -> TaskBoard.Work {
        let order = LaunchOrder(
            endpoint: "", target: .scenario(Scenario(id: 1, name: "")), contents: try LaunchContents(.none, known: []),
            request: 1, now: date(0))
        return .launch(order, Recipient(row: place, shown: .null))
    }

    /// The number of a piece of work.
    static func place(_ work: TaskBoard.Work) -> Int {
        guard case .launch(_, let recipient) = work else { return -1 }
        return recipient.row
    }

    /// So many seconds after the beginning of time.
    static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }
}
