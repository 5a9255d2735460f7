import Testing

@testable import Bridge

@Suite("Other consumers", .timeLimit(.minutes(1)))
struct CompanyTests {
    @Test("They are told at once where they are certain, and once")
    func certain() {
        var company = Company()
        #expect(company.saw(others: 0, mayBeOurs: false) == nil)
        #expect(company.saw(others: 2, mayBeOurs: false) == 2)
        #expect(company.saw(others: 2, mayBeOurs: true) == nil)
        #expect(company.saw(others: 3, mayBeOurs: false) == 3)
    }

    @Test("One that may be ours, left behind by a connection, is told when it is still there the next time")
    func leftBehind() {
        var company = Company()
        #expect(company.saw(others: 1, mayBeOurs: true) == nil)
        #expect(company.saw(others: 0, mayBeOurs: true) == nil)
        #expect(company.saw(others: 1, mayBeOurs: true) == nil)
        #expect(company.saw(others: 1, mayBeOurs: true) == 1)
        #expect(company.saw(others: 1, mayBeOurs: true) == nil)
    }

    @Test("One that goes and comes again is told again")
    func again() {
        var company = Company()
        #expect(company.saw(others: 1, mayBeOurs: false) == 1)
        #expect(company.saw(others: 0, mayBeOurs: true) == nil)
        #expect(company.saw(others: 1, mayBeOurs: true) == nil)
        #expect(company.saw(others: 1, mayBeOurs: true) == 1)
    }
}
