/// Many launches in one call: what they share once, and the element of each.
///
/// Elements are kept as one run of bytes, ready to be sent. Size is accounted as elements come, so that no batch is
/// ever built that the platform would not read.
package struct BatchRequest: Sendable, Hashable {
    /// What the launches have in common.
    package let key: BatchKey
    /// What is launched.
    package let target: LaunchTarget
    /// The elements, separated by commas.
    package private(set) var elements: [UInt8]
    /// Bytes of files in ``shared``.
    private let fileBytes: Int
    /// Bytes of ``shared`` in the settings' encoding.
    private let rootSize: Int
    private var places: [Place]

    /// One launch's place.
    private struct Place: Hashable {
        /// Where its element ends in ``elements``.
        var end: Int
        /// Bytes of all elements up to here in the settings' encoding.
        var size: Int
        var profileID: String?
    }

    /// Begins a batch with a launch; nil when the launch is none of a batch.
    package init?(_ first: LaunchRequest) {
        guard let element = first.element else { return nil }
        self.init(first, element: element)
    }

    /// Begins a batch with a launch whose element is known to be there.
    package init(_ first: LaunchRequest, element: [UInt8]) {
        key = first.batchKey
        target = first.target
        elements = element
        fileBytes = first.attachmentBytes
        rootSize = first.rootSize
        places = [Place(end: element.count, size: first.elementSize, profileID: first.profileID)]
    }

    private init(_ whole: BatchRequest, _ range: Range<Int>) {
        (key, target) = (whole.key, whole.target)
        (fileBytes, rootSize) = (whole.fileBytes, whole.rootSize)
        let before = range.lowerBound == 0 ? nil : whole.places[range.lowerBound - 1]
        let start = before.map { $0.end + 1 } ?? 0
        elements = Array(whole.elements[start..<whole.places[range.upperBound - 1].end])
        places = whole.places[range].map { place in
            Place(end: place.end - start, size: place.size - (before?.size ?? 0), profileID: place.profileID)
        }
    }

    /// The call.
    package var call: Call { key.call }
    /// The root of the body as a JSON object, without `data` and token.
    package var shared: [UInt8] { key.shared }
    /// How many launches it holds.
    package var count: Int { places.count }
    /// How many bytes its body takes, but for the token.
    package var byteCount: Int { size(adding: 0) }

    /// Whether a launch may join: it must share what a call shares, and fit.
    package func takes(_ request: LaunchRequest, limits: BatchLimits) -> Bool {
        guard count < limits.items, request.element != nil, request.call == call, request.body == shared else {
            return false
        }
        return fits(size(adding: request.elementSize + 1), limits)
    }

    /// Whether the batch as it stands is within the limits: a single launch may be too large by itself.
    package func isWithin(_ limits: BatchLimits) -> Bool {
        count <= limits.items && fits(byteCount, limits)
    }

    /// Adds a launch, if it may join.
    ///
    /// - Returns: false, and the batch is as before, when the launch belongs into another batch.
    package mutating func append(_ request: LaunchRequest, limits: BatchLimits) -> Bool {
        guard takes(request, limits: limits), let element = request.element else { return false }
        elements.append(UInt8(ascii: ","))
        elements += element
        places.append(
            Place(
                end: elements.count, size: (places.last?.size ?? 0) + request.elementSize + 1,
                profileID: request.profileID))
        return true
    }

    /// The two halves, the first the larger; nil for a batch of one.
    package var halves: (BatchRequest, BatchRequest)? {
        guard count > 1 else { return nil }
        let middle = (count + 1) / 2
        return (BatchRequest(self, 0..<middle), BatchRequest(self, middle..<count))
    }

    /// The profile id that the launch at a place searches by.
    package func profileID(at place: Int) -> String? { places[place].profileID }

    private func size(adding more: Int) -> Int {
        rootSize + (places.last?.size ?? 0) + more + BatchLimits.reserve
    }

    private func fits(_ size: Int, _ limits: BatchLimits) -> Bool {
        size - fileBytes <= limits.bytes && size <= limits.bytesWithFiles
    }
}
