/// Digits of all scripts.
extension Unicode.Scalar {
    /// The value of a decimal digit of any script, or nil.
    var decimalDigit: Int? {
        if value < 0x80 { return value >= 0x30 && value <= 0x39 ? Int(value) - 0x30 : nil }
        guard properties.generalCategory == .decimalNumber, let number = properties.numericValue else { return nil }
        return Int(number)
    }

    /// The scalar so many places further, or this one where there is none.
    func advanced(by places: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt32(clamping: Int(value) + places)) ?? self
    }
}
