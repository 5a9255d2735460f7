package import Logging

/// Whether a metadata value may be shown: the attribute that the log handler honours.
package enum Sensitivity: Int64, Logger.MetadataValueAttributes.Attribute {
    /// Secret or personal; written as `***`.
    case sensitive = 1
}

extension Logger.MetadataValue.StringInterpolation {
    /// Marks the value: `"\(token, sensitivity: .sensitive)"`.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible, sensitivity: Sensitivity) {
        appendInterpolation(value, attributes: { $0[Sensitivity.self] = sensitivity })
    }
}
