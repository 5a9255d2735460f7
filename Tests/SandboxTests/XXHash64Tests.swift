import Testing

@testable import Sandbox

@Suite("xxHash", .timeLimit(.minutes(1)))
struct XXHash64Tests {
    /// Taken from the reference library (libxxhash 0.8), each length class once: the tail of 0 to 7 bytes, whole words,
    /// one stripe, more than one stripe with a tail.
    static let vectors: [(text: String, plain: UInt64, seeded: UInt64)] = [
        ("", 0xef46_db37_51d8_e999, 0xac75_fda2_929b_17ef),
        ("a", 0xd24e_c4f1_a98c_6e5b, 0x393d_a8b7_8992_279b),
        ("abc", 0x44bc_2cf5_ad77_0999, 0x1318_df30_094a_85fd),
        ("1234567", 0xd3a4_6e91_0828_9359, 0x4d93_c4e5_2cf4_b386),
        ("12345678", 0xd2d0_2f08_cf7c_fd4a, 0xd077_6c50_6425_22a3),
        ("123456789012", 0xb5ce_e4c9_43d4_3c7e, 0xde67_5c54_bd60_30b2),
        ("john@example.com", 0x0d1c_f76d_bb34_1cda, 0xdfa5_d2a0_5b97_5781),
        ("alice@example.org", 0x818a_15a2_e5fd_be3e, 0x4c6e_8309_cb21_fa49),
        ("abcdefghijklmnopqrstuvwxyz012345", 0xbf2c_d639_b414_3b80, 0x5936_baa1_4fd0_50bb),
        (
            "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789-!?", 0x36f7_f2ed_017b_7281,
            0x2d4f_f2b3_dc2b_16a9
        ),
    ]

    @Test("The hash is that of the reference library", arguments: vectors)
    func matches(text: String, plain: UInt64, seeded: UInt64) {
        #expect(XXHash64.hash(Array(text.utf8)) == plain)
        #expect(XXHash64.hash(Array(text.utf8), seed: 2_654_435_761) == seeded)
    }

    @Test("Each byte matters at every length up to three stripes")
    func everyByte() {
        for length in 1...96 {
            let bytes = [UInt8](repeating: 7, count: length)
            let hash = XXHash64.hash(bytes)
            for place in 0..<length {
                var other = bytes
                other[place] ^= 1
                #expect(XXHash64.hash(other) != hash, "\(length) bytes, byte \(place)")
            }
        }
    }
}
