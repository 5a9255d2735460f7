import CPhoneNumber

/// Phone numbers as libphonenumber knows them.
enum PhoneNumber {
    /// Longest text that is looked at; libphonenumber reads no more than 250 characters.
    private static let mostBytes = 1_000

    /// Whether there are rules for a region, given as two capital letters.
    static func knows(region: String) -> Bool {
        unsafe region.withCString { unsafe cphonenumber_knows($0) }
    }

    /// The E.164 form of a number that is valid by its numbering plan, or nil.
    ///
    /// - Parameter region: Where the number is dialled when it does not begin with a plus; a known one.
    static func e164(_ text: String, region: String) -> String? {
        guard text.utf8.count <= mostBytes else { return nil }
        let bytes = Array(text.utf8)
        var room = [UInt8](repeating: 0, count: Int(CPHONENUMBER_ROOM))
        let length = unsafe region.withCString { region in
            unsafe bytes.withUnsafeBufferPointer { text in
                unsafe room.withUnsafeMutableBufferPointer { room in
                    guard let start = room.baseAddress else { return 0 }
                    return unsafe cphonenumber_e164(text.baseAddress, text.count, region, start)
                }
            }
        }
        return length == 0 ? nil : String(decoding: room.prefix(length), as: UTF8.self)
    }
}
