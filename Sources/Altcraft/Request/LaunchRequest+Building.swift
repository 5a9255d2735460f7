import JSON

extension LaunchRequest {
    /// Puts a launch into the words of the call that makes it.
    ///
    /// - Throws: ``LaunchFault`` where the platform has no call for it, or, in XML, a text that XML cannot hold.
    package init(_ launch: Launch, as form: CallForm = .single, options: RequestOptions = RequestOptions())
        throws(LaunchFault)
    {
        let call = try launch.validate(as: form, options: options)
        let builder = LaunchBody(launch: launch, call: call, options: options)
        let body: [UInt8] =
            switch call {
            case .linkGet: []
            case .linkPost: LinkBody.bytes(builder.launch.fields)
            default: builder.root()
            }
        let element = call.isBatch ? builder.element() : nil
        self.init(
            call: call, target: builder.launch.target, body: body, element: element,
            linkSegment: call.isLink ? try builder.launch.linkSegment() : nil,
            attachmentBytes: builder.launch.attachments.reduce(0) { $0 + $1.base64.utf8.count },
            profileID: builder.launch.profileID)
        if options.encoding == .xml { try measureXML() }
    }

    /// Sees to it now that the request can be written as XML, and how long it gets.
    private mutating func measureXML() throws(LaunchFault) {
        if !body.isEmpty { rootSize = try XMLBody.bytes(body).count }
        if let element { elementSize = try XMLBody.bytes(element).count }
    }
}

extension Launch {
    /// The profile id that the launch searches by.
    fileprivate var profileID: String? {
        guard case .profile(let recipient) = audience, recipient.matching == .profileID else { return nil }
        return recipient.profileID
    }
}
