/// The numbers of posting lists that an event has hit, each kept once however often it was hit.
struct Postings {
    private var numbers: [Int] = []
    private var nextSweep = 256

    /// Adds one; repetitions are swept out whenever the list has doubled, so it stays within twice what is different.
    mutating func add(_ number: Int) {
        numbers.append(number)
        guard numbers.count >= nextSweep else { return }
        sweep()
        nextSweep = max(256, numbers.count * 2)
    }

    private mutating func sweep() {
        numbers.sort()
        var kept = 0
        for number in numbers where kept == 0 || numbers[kept - 1] != number {
            numbers[kept] = number
            kept += 1
        }
        numbers.removeLast(numbers.count - kept)
    }

    /// What was added, in ascending order and once each.
    consuming func all() -> [Int] {
        if numbers.count > 1 { sweep() }
        return numbers
    }
}
