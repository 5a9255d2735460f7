/// A name for a place in `Slots`.
protocol SlotID: Hashable {
    /// The place.
    var slot: UInt32 { get }
    /// Which use of the place is meant.
    var use: UInt32 { get }
    /// A name from its parts.
    init(slot: UInt32, use: UInt32)
}

/// Values in an array, named by place and use, so that a late name finds nothing instead of someone else.
///
/// A freed place is used again after the second `recycle` only, so that a caller may still ask about what the first one
/// told it of.
/// `contains` guards what comes from outside; the subscript is for names that the relay itself holds.
struct Slots<ID: SlotID, Element> {
    private struct Slot {
        var element: Element
        var use: UInt32
        var isLive: Bool
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    /// Freed since the last `recycle`.
    private var limbo: [UInt32] = []
    /// Freed before it: the caller may just be asking about them.
    private var grace: [UInt32] = []
    private let empty: Element

    /// How many are live.
    private(set) var count = 0

    /// Makes an empty collection; `empty` fills places that nobody uses, so that they keep nothing alive.
    init(empty: Element, capacity: Int) {
        self.empty = empty
        slots.reserveCapacity(capacity)
    }

    /// Whether the name is of a live element.
    func contains(_ id: ID) -> Bool {
        let place = Int(id.slot)
        return place < slots.count && slots[place].use == id.use && slots[place].isLive
    }

    /// A live element, changed in place.
    subscript(id: ID) -> Element {
        _read {
            assert(slots[Int(id.slot)].use == id.use, "a name outlived its element")
            yield slots[Int(id.slot)].element
        }
        _modify {
            assert(slots[Int(id.slot)].use == id.use, "a name outlived its element")
            yield &slots[Int(id.slot)].element
        }
    }

    /// The element, also for a while after it was freed: until the second `recycle`.
    func remembered(_ id: ID) -> Element? {
        let place = Int(id.slot)
        guard place < slots.count, slots[place].use == id.use else { return nil }
        return slots[place].element
    }

    /// A part of it, where all of it would be copied for nothing.
    @inline(__always)
    func remembered<Part>(_ id: ID, _ part: (Element) -> Part) -> Part? {
        let place = Int(id.slot)
        guard place < slots.count, slots[place].use == id.use else { return nil }
        return part(slots[place].element)
    }

    /// Puts an element into a free place.
    mutating func insert(_ element: Element) -> ID {
        count += 1
        guard let place = free.popLast() else {
            slots.append(Slot(element: element, use: 0, isLive: true))
            return ID(slot: UInt32(slots.count - 1), use: 0)
        }
        slots[Int(place)].element = element
        slots[Int(place)].isLive = true
        return ID(slot: place, use: slots[Int(place)].use)
    }

    /// Frees a live element's place; its content can be asked for until the second `recycle`.
    mutating func remove(_ id: ID) {
        guard contains(id) else { return }
        count -= 1
        slots[Int(id.slot)].isLive = false
        limbo.append(id.slot)
    }

    /// Gives the places freed before the last `recycle` to whoever comes next.
    mutating func recycle() {
        if !grace.isEmpty {
            for place in grace {
                slots[Int(place)].element = empty
                slots[Int(place)].use &+= 1
                free.append(place)
            }
            grace.removeAll(keepingCapacity: true)
        }
        swap(&grace, &limbo)
    }

    /// The names of all live elements, by place.
    var ids: [ID] {
        slots.indices.compactMap { place in
            slots[place].isLive ? ID(slot: UInt32(place), use: slots[place].use) : nil
        }
    }
}
