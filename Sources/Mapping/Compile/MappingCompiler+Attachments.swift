import Altcraft
import JSON

extension MappingCompiler {
    /// Refuses files whose media type an event could choose: what a file is taken for is the mapping's to say.
    func checkFiles(_ place: Place) {
        if place.node.kind == .array { return place.elements.forEach(checkFile) }
        if place.member("$literal") != nil { return }
        if place.member("$each") != nil, let item = place.member("item") { return checkFile(item) }
        if place.member("$if") != nil { return branches(place).forEach(checkFiles) }
        if let choices = place.member("$coalesce") { return choices.elements.forEach(checkFiles) }
        typeComesFromEvent(place)
    }

    private func checkFile(_ place: Place) {
        if place.member("$literal") != nil { return }
        if place.member("$if") != nil { return branches(place).forEach(checkFile) }
        guard place.node.kind == .object, !place.isInstruction else { return typeComesFromEvent(place) }
        for name in ["name", "type", "data"] { checkConstant(name, of: place) }
        // The shapes' check tells of data that is not there.
        let data = place.member("data")
        let text = data?.text ?? data?.member("$template")?.text ?? ""
        let head = text.prefix { $0 != "," }
        if let data, head.hasPrefix("data:"), !head.contains("{{"), !head.hasSuffix(";base64") {
            findings.add(
                .wrongShape, at: data, "this data URI is not in base64, as the platform takes files",
                hint: "for example \"data:text/csv;base64,SEVMTE8K\"")
            return
        }
        if let type = place.member("type") { return checkType(type) }
        guard let data else { return }
        guard head.hasPrefix("data:"), head.count < text.count, !head.contains("{{") else {
            findings.add(
                .wrongShape, at: data, "\"type\" is missing, so an event could choose what kind of file this is",
                hint: "write \"type\": \"application/pdf\" beside \"data\"")
            return
        }
    }

    /// A text that no file can have is wrong for every event.
    private func checkConstant(_ name: String, of file: Place) {
        guard let place = file.member(name), let text = place.text, !PathText.looksLikePath(text) else { return }
        // A URI has its type in itself; its head is checked apart.
        let isURI = name == "data" && text.hasPrefix("data:")
        guard !isURI || text.prefix(while: { $0 != "," }).hasSuffix(";base64") else { return }
        var members: [(name: String, value: JSONValue)] = [("name", .string("a")), ("data", .string("AAAA"))]
        if !isURI { members.append(("type", .string("text/plain"))) }
        members.removeAll { $0.name == name }
        do throws(LaunchFault) {
            _ = try AttachmentReader.read(.object(members + [(name, .string(text))]))
        } catch {
            let examples = ["name": "invoice.pdf", "type": "application/pdf", "data": "$.invoice_base64"]
            findings.add(
                .wrongShape, at: place, error.message, hint: "for example \"\(name)\": \"\(examples[name] ?? "")\"")
        }
    }

    /// A type is a text in the file, a table's entry, or a choice between such.
    private func checkType(_ place: Place) {
        if let text = place.text, !PathText.looksLikePath(text) { return }
        if place.member("$literal") != nil { return }
        if place.member("$lookup") != nil {
            if let fallback = place.member("default") { checkType(fallback) }
            return
        }
        if place.member("$if") != nil { return branches(place).forEach(checkType) }
        typeComesFromEvent(place)
    }

    private func branches(_ place: Place) -> [Place] { ["then", "else"].compactMap(place.member) }

    private func typeComesFromEvent(_ place: Place) {
        findings.add(
            .wrongShape, at: place, "an event could choose what kind of file this is",
            hint: "write each file as {\"name\": …, \"type\": \"application/pdf\", \"data\": …} with the type as a text"
        )
    }
}
