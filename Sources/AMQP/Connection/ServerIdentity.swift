/// What the broker says of itself at login.
package struct ServerIdentity: Sendable, Equatable {
    /// Everything it said.
    package let properties: AMQPTable
    /// `RabbitMQ`, when it says so.
    package let product: String?
    /// Its version when it reads as numbers: 3.10.8.
    package let version: ServerVersion?

    /// Reads the server properties of `connection.start`.
    package init(properties: AMQPTable) {
        self.properties = properties
        product = properties.text(named: "product")
        version = properties.text(named: "version").flatMap(ServerVersion.init(parsing:))
    }
}

/// A version of a broker: major, minor, patch.
package struct ServerVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// First number.
    package let major: Int
    /// Second number.
    package let minor: Int
    /// Third number.
    package let patch: Int

    /// A version from its numbers.
    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Parses `3.10.8` and the like; what follows the numbers (`4.0.0-rc.1`, `3.12.1+5`) is ignored.
    package init?(parsing text: String) {
        let numbers = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.split(separator: ".").map { Int($0) }
        guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor, numbers.count > 2 ? numbers[2] ?? 0 : 0)
    }

    /// Compares number by number.
    package static func < (left: ServerVersion, right: ServerVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// As the broker writes it.
    package var description: String { "\(major).\(minor).\(patch)" }
}

extension AMQPTable {
    /// The text of the first entry of this name.
    fileprivate func text(named name: String) -> String? {
        guard case .text(let text) = self[name] else { return nil }
        return text.string
    }
}
