import Testing

@testable import Altcraft

/// `Retry-After` in all its forms, and what is none.
@Suite(.timeLimit(.minutes(1)))
struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110.
    private let date: Int64 = 784_111_777

    @Test(arguments: [
        ("0", 0), ("1", 1), (" 120 ", 120), ("3600", 3_600), ("3601", 3_600), ("86400", 3_600),
        ("99999999999999999999999999999", 3_600), ("007", 7),
    ])
    func seconds(field: String, seconds: Int) {
        #expect(RetryAfter.wait(field, now: 0) == .seconds(seconds))
    }

    @Test(arguments: [
        "", " ", "-1", "+1", "1.5", "1e3", "0x10", "soon", "1 2", "١٢", "Sun, 06 Nov 1994", "06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 MSK", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:-9:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06-Nov 08:49:37 GMT",
    ])
    func nonsense(field: String) {
        #expect(RetryAfter.wait(field, now: date) == nil)
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func dates(field: String) {
        #expect(RetryAfter.wait(field, now: date) == .zero)
        #expect(RetryAfter.wait(field, now: date + 1_000) == .zero)
        #expect(RetryAfter.wait(field, now: date - 60) == .seconds(60))
        #expect(RetryAfter.wait(field, now: date - 1_000_000) == .seconds(3_600))
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
        ("Sun, 01 Mar 2026 09:06:00 GMT", 1_772_355_960), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ("Wed, 01 Jan 2025 00:00:00 GMT", 1_735_689_600), ("Sat, 29 Feb 1964 00:00:00 GMT", -184_291_200),
    ])
    func calendar(field: String, seconds: Int64) {
        #expect(HTTPDate.seconds(Substring(field), now: 0) == seconds)
    }

    @Test func yearsOfTwoDigitsAreNear() {
        let now: Int64 = 1_772_355_960
        #expect(HTTPDate.seconds("Sunday, 01-Mar-26 09:06:00 GMT", now: now) == now)
        #expect(HTTPDate.seconds("Sunday, 06-Nov-94 08:49:37 GMT", now: now) == date)
    }
}
