import Testing

/// The text exposition format read back, strictly: the oracle for what the registry writes.
struct Exposition {
    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }
    struct Malformed: Error {
        let line: String
    }

    private(set) var samples: [Sample] = []
    private(set) var kinds: [String: String] = [:]
    private(set) var help: [String: String] = [:]

    init(_ text: String) throws {
        var family = ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4, help.updateValue(words[3], forKey: words[2]) == nil else {
                    throw Malformed(line: String(line))
                }
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, kinds.updateValue(words[3], forKey: words[2]) == nil else {
                    throw Malformed(line: String(line))
                }
                family = words[2]
            } else {
                let sample = try Self.sample(line)
                guard sample.name.hasPrefix(family) else { throw Malformed(line: String(line)) }
                samples.append(sample)
            }
        }
        guard text.isEmpty || text.hasSuffix("\n") else { throw Malformed(line: "no newline at the end") }
    }

    /// The value of the sample with these labels.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private static func sample(_ line: Substring) throws -> Sample {
        var rest = line
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" })
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                let (label, value) = try pair(&rest, line)
                guard labels.updateValue(value, forKey: label) == nil else { throw Malformed(line: String(line)) }
                if rest.first == "," { rest = rest.dropFirst() }
            }
            rest = rest.dropFirst()
        }
        guard !name.isEmpty, rest.first == " ", let value = Double(rest.dropFirst().replacing("Inf", with: "inf"))
        else { throw Malformed(line: String(line)) }
        return Sample(name: name, labels: labels, value: value)
    }

    private static func pair(_ rest: inout Substring, _ line: Substring) throws -> (String, String) {
        let label = rest.prefix { $0 != "=" }
        rest = rest.dropFirst(label.count)
        guard rest.hasPrefix("=\""), !label.isEmpty else { throw Malformed(line: String(line)) }
        rest = rest.dropFirst(2)
        // Scalars, not characters: a quote and a combining mark after it are one character.
        var scalars = rest.unicodeScalars
        var value = String.UnicodeScalarView()
        while let scalar = scalars.popFirst(), scalar != "\"" {
            guard scalar == "\\" else {
                value.append(scalar)
                continue
            }
            switch scalars.popFirst() {
            case "n": value.append("\n")
            case "\\": value.append("\\")
            case "\"": value.append("\"")
            default: throw Malformed(line: String(line))
            }
        }
        rest = Substring(scalars)
        return (String(label), String(value))
    }
}
