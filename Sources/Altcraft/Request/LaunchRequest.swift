import CXXHash

/// One launch put into the words of a call, ready to be sent but for the token.
///
/// The token is put in when the request is written, so that a renewed token reaches requests that wait, and so that
/// nothing that holds a request (a lane, a log line, a parked message) holds a secret.
package struct LaunchRequest: Sendable, Hashable {
    /// The call that carries it.
    package let call: Call
    /// What the call launches.
    package let target: LaunchTarget
    /// The JSON object of the body, without the token; for a batch without `data`, that is what its launches share.
    package let body: [UInt8]
    /// The launch's own element of `data`, a JSON object; nil unless ``call`` is a batch.
    package let element: [UInt8]?
    /// The last segment of a v1.0 link, ready for a URL; nil for other calls.
    package let linkSegment: String?
    /// How many of the attachments' bytes are in the body: files have a limit of their own.
    package let attachmentBytes: Int
    /// The profile id that the launch searches by, for batches that settle by it.
    package let profileID: String?
    /// A hash of what a batch's launches share, by which the batch that a launch may join is found; 0 outside batches.
    package let sharedDigest: UInt64
    /// How many bytes ``body`` takes in the settings' encoding.
    var rootSize: Int
    /// How many bytes ``element`` takes in the settings' encoding; a close upper bound in XML.
    var elementSize: Int

    /// Makes a request from its parts.
    package init(
        call: Call, target: LaunchTarget, body: [UInt8], element: [UInt8]? = nil, linkSegment: String? = nil,
        attachmentBytes: Int = 0, profileID: String? = nil
    ) {
        self.call = call
        self.target = target
        self.body = body
        self.element = element
        self.linkSegment = linkSegment
        self.attachmentBytes = attachmentBytes
        self.profileID = profileID
        sharedDigest = element == nil ? 0 : Self.digest(body)
        rootSize = body.count
        elementSize = element?.count ?? 0
    }

    /// How much memory the request takes by itself, in bytes: what a batch's launches share is counted with each, though
    /// it may be one.
    package var footprint: Int { element?.count ?? body.count }

    private static func digest(_ bytes: [UInt8]) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe XXH64($0.baseAddress, $0.count, 0) }
    }

    /// What launches must have in common to share one call: the call and everything at the root of its body.
    package var batchKey: BatchKey { BatchKey(call: call, shared: body) }
}

/// What launches must have in common to share one call: equal keys may go together.
///
/// The body's root holds the target, `matching`, `field_name`, content, attachments and import flags, and `custom_data`
/// where that stands at the root, so comparing its bytes compares them all.
package struct BatchKey: Sendable, Hashable {
    /// The call.
    package let call: Call
    /// The root of the body as a JSON object, without `data` and token.
    package let shared: [UInt8]
}
