/// All functions of the mapping language.
package enum FunctionCatalogue {
    /// The functions in the order of the reference.
    package static let all: [FunctionSpec] = [
        TextFunctions.all, FormatFunctions.recipients, NumberFunctions.all, [FormatFunctions.money],
        TimeFunctions.all, [FormatFunctions.date], HashFunctions.all, ListFunctions.all, ConversionFunctions.all,
    ].flatMap(\.self)

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The function with this name, or nil.
    package static func spec(named name: String) -> FunctionSpec? {
        byName[name]
    }
}
