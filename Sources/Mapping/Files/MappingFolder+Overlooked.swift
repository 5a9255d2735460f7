import Foundation

extension MappingFolder {
    /// What is in the folder and does nothing there, though somebody who put it there surely thinks that it does.
    ///
    /// For `check` and `test`: a bridge that runs is not to stop for the name of a file that it never wanted.
    package func overlooked() -> [Diagnostic] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        let mappings = names.filter(MappingFolder.isMapping)
        let stems = mappings.map { String($0.dropLast(".json".count)) }
        return names.compactMap { misnamed($0) ?? orphan($0, stems) }
    }

    /// Says that a folder holds no mapping, and which file may have been meant as one.
    package var holdsNone: Diagnostic {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        let example = names.first { MappingFolder.rightName(of: $0) != nil }.map { " (\"\($0)\" does not)" } ?? ""
        return Diagnostic(
            file: path, code: .unreadable, message: "the folder holds no mapping",
            hint: "a mapping is a file whose name ends with .json\(example); tests and subfolders do not count")
    }

    private func misnamed(_ name: String) -> Diagnostic? {
        guard let right = MappingFolder.rightName(of: name) else { return nil }
        return Diagnostic(
            file: shown(name), code: .overlooked,
            message: "this file is passed over: names of mappings and tests end with .json",
            hint: "rename it to \"\(right)\"")
    }

    /// `order.json` for `order.json.txt`, as editors save it, and for `order.JSON`; nil for any other name.
    private static func rightName(of name: String) -> String? {
        guard !name.hasPrefix("."), !name.hasSuffix(".json") else { return nil }
        let small = name.lowercased()
        if small.hasSuffix(".json") { return name.dropLast(".json".count) + ".json" }
        if small.hasSuffix(".json.txt") { return name.dropLast(".json.txt".count) + ".json" }
        return nil
    }

    /// `order.tests.json` for `order.test.json`, `order-tests.json` and the like, with the way to it; nil for other names.
    static func rightTestsName(of name: String) -> String? {
        let endings = ["-", "_", ".", " "].flatMap { ["\($0)test.json", "\($0)tests.json"] }
        guard let ending = endings.first(where: { name.lowercased().hasSuffix($0) }) else { return nil }
        return testsName(of: String(name.dropLast(ending.count)))
    }

    private func orphan(_ name: String, _ stems: [String]) -> Diagnostic? {
        guard name.hasSuffix(MappingFolder.testsEnding), !name.hasPrefix(".") else { return nil }
        let stem = String(name.dropLast(MappingFolder.testsEnding.count))
        guard !stems.contains(stem) else { return nil }
        return Diagnostic(
            file: shown(name), code: .overlooked,
            message: "these tests never run: there is no \(stem).json beside them",
            hint: ClosestName.hint(stem, among: stems) ?? "name them after their mapping, or take them away")
    }
}
