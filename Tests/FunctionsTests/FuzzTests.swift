import Functions
import JSON
import TestSupport
import Testing

/// Any value, any argument, any function: an answer comes, soon, and of bounded size.
@Suite(.timeLimit(.minutes(5))) struct FuzzTests {
    private static let texts = [
        "", " ", "a", "10.10", "-0", "1e999999999", "2026-03-01T09:05:07Z", "2026-03-01 12:05:07", "anna@example.com",
        "+7 999 123-45-67", "RUB", "ru-RU", "ru", "Europe/Moscow", "UTC", "GMT+99:99", "GMT-23:59", "GMT+24",
        "../../etc",
        "d MMMM yyyy", "yyyy-MM-dd HH:mm:ss", "''", "'", "yyyyyyyyy", "P7D", "-P100Y", "PT999999999999S", "\u{0}",
        "\u{FFFD}",
        "e\u{301}", "👨‍👩‍👧‍👦", "\u{202E}abc", "٠١٢", "ￄ", "RU", "unix", "unix_us", "9999-12-31T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z", "-62167219200", "253402300799", "Z", "@", "@.", "%", "\u{10FFFF}",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1", "0.5", "1e127", "1e-127", "-1e128", "9223372036854775807", "-9223372036854775808", "1e38",
        "99999999999999999999999999999999999999", "1e999999999", "-1e-999999999", "38", "-38", "39", "1000000",
        "253402300799",
        "170141183460469231731687303715884105727", "0.000000000000000000000000000000000000001", "1772355907",
    ]

    @Test(arguments: Fuzzing.seeds(from: 1_000, count: 40))
    func `Nothing traps, hangs or grows`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            guard let spec = FunctionCatalogue.all.randomElement(using: &generator) else { return }
            let arguments = spec.parameters.filter { _ in generator.chance(85) }.map { parameter in
                (name: parameter.name, value: value(&generator, depth: 0))
            }
            let split = Int.random(in: 0...arguments.count, using: &generator)
            let (constant, dynamic) = (Array(arguments[..<split]), Array(arguments[split...]))
            let prepared = FunctionArguments(constant, later: dynamic.map(\.name))
            guard let function = try? Pipes.prepare(spec, prepared) else { continue }
            var input = value(&generator, depth: 0)
            if spec.input == .decimal, generator.chance(70) { input = .decimal(decimal(&generator)) }
            if spec.input == .instant, generator.chance(70) { input = .instant(instant(&generator)) }
            switch function.apply(input, arguments: FunctionArguments(dynamic)) {
            case .value(let output): #expect(output.json.text().utf8.count < 7 << 20)
            case .missing(let why), .invalid(let why): #expect(!why.isEmpty && why.utf8.count < 400, "\(spec.name)")
            }
        }
    }

    @Test(arguments: Fuzzing.seeds(from: 2_000, count: 20))
    func `Random pipes keep the types that the catalogue promises`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let specs = FunctionCatalogue.all.filter { !$0.parameters.contains(where: \.isRequired) && $0.name != "scale" }
        for _ in 0..<200 {
            guard let spec = specs.randomElement(using: &generator),
                case .value(let output) = try Pipes.prepare(spec, .none).apply(value(&generator, depth: 0))
            else { continue }
            let kind: Bool =
                switch spec.output {
                case .text: output.text != nil
                case .list: output.elements != nil
                case .decimal: if case .decimal = output { true } else { false }
                case .instant: if case .instant = output { true } else { false }
                case .number: output.json.kind == .number
                case .bool: output.json.kind == .bool
                case .any, .scalar: true
                }
            #expect(kind, "\(spec.name)")
        }
    }

    @Test func `Many threads share the formats`() async throws {
        let expected = try Pipes.run("1234567.891", #"["decimal",{"money":{"currency":"RUB","locale":"ru-RU"}}]"#)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { round in
                        let zone = ["UTC", "Asia/Tokyo", "Europe/Moscow"][(round + number) % 3]
                        let date = #"{"date":{"pattern":"d MMMM yyyy G","zone":"\#(zone)","locale":"ru"}}"#
                        let money = #"["decimal",{"money":{"currency":"RUB","locale":"ru-RU"}}]"#
                        let written = try? Pipes.run(.instant(Instant(seconds: 43_200)), date)
                        return (try? Pipes.run("1234567.891", money)) == expected
                            && written == .value(#""1 января 1970 н. э.""#)
                    }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }

    private func value(_ generator: inout SeededGenerator, depth: Int) -> FunctionValue {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...4: .json(.string(text(&generator)))
        case 5, 6: .json(number(&generator).map(JSONValue.number) ?? .null)
        case 7:
            .json(
                [.null, .bool(true), .bool(false), .object([("a", .null)])].randomElement(using: &generator) ?? .null)
        case 8 where depth < 2:
            .json(
                .array(
                    (0..<Int.random(in: 0...5, using: &generator)).map { _ in value(&generator, depth: depth + 1).json }
                ))
        default: generator.chance(50) ? .decimal(decimal(&generator)) : .instant(instant(&generator))
        }
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        let pick = generator.pick(Self.texts, or: "")
        guard generator.chance(30) else { return pick }
        let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(generator.chance(70) ? 0x7F : 0x10FFFF), using: &generator))
        }
        return pick + String(String.UnicodeScalarView(scalars))
    }

    private func number(_ generator: inout SeededGenerator) -> JSONNumber? {
        JSONNumber(generator.pick(Self.numbers, or: "0"))
    }

    private func decimal(_ generator: inout SeededGenerator) -> ExactDecimal {
        ExactDecimal(generator.pick(Self.numbers, or: "0")) ?? .zero
    }

    private func instant(_ generator: inout SeededGenerator) -> Instant {
        let bounds = [
            Instant.range.lowerBound, Instant.range.upperBound, Instant(seconds: -1, nanoseconds: 999_999_999),
        ]
        guard generator.chance(70) else { return generator.pick(bounds, or: Instant(seconds: 0)) }
        return Instant(seconds: Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator))
    }
}
