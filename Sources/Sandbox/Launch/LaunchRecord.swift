package import Foundation

/// One launch that the sandbox has accepted: what was asked, for whom, and what would have been sent.
///
/// Foreign values are kept as JSON text, so that a record holds nothing but its own bytes.
package struct LaunchRecord: Sendable {
    /// The launch's number, from 1 and without gaps.
    package var number = 0
    /// The request that asked for it, from 1; a batch is one request with many launches.
    package var request: Int
    /// When it was accepted.
    package var time: Date
    /// The path under `/api/v1.1/`, or `trg` for a link of version 1.0.
    package var endpoint: String
    /// What was launched.
    package var kind: TargetKind
    /// The number of the campaign or scenario.
    package var target: Int
    /// Its name.
    package var name: String
    /// The recipient as JSON: how it was named, and the profile that was found.
    package var recipient: String
    /// The profile that was found; nil when none was and that counts as success.
    package var profileID: String?
    /// The `content` as JSON text.
    package var content: String?
    /// The `custom_data` as JSON text.
    package var customData: String?
    /// The member `event_id` of `custom_data`: what a client is told apart by in the summary.
    package var eventID: String?
    /// What was attached.
    package var attachments: [Attachment] = []
    /// The fields of a link of version 1.0 as JSON text.
    package var fields: String?
    /// The subscription that the message goes to, as JSON text.
    package var subscription: String?
    /// Why nothing would be sent although the launch was accepted; nil when something would.
    package var unsent: String?
    /// The message that would be sent, where the data file has one for the target.
    package var message: Message?
    /// Parameters that the call does not know.
    package var ignored: [String] = []

    /// About how many bytes the record takes.
    var weight: Int {
        let texts = [recipient, content, customData, eventID, fields, subscription, message?.text, message?.subject]
        let files = attachments.reduce(0) { $0 + 128 + $1.name.utf8.count + $1.mime.utf8.count }
        return texts.reduce(512) { $0 + ($1?.utf8.count ?? 0) } + files + ignored.reduce(0) { $0 + 16 + $1.utf8.count }
    }
}

/// A file that came with a launch; its bytes are counted, not kept.
package struct Attachment: Sendable, Equatable {
    /// The file's name.
    package let name: String
    /// Its media type.
    package let mime: String
    /// How many bytes it has.
    package let bytes: Int
}
