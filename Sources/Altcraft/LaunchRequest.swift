/// One call that launches, ready to be sent but for the token.
///
/// The token is put in when the request is written, so that a renewed token reaches requests that wait, and so that
/// nothing that holds a request (a lane, a log line, a parked message) holds a secret.
package struct LaunchRequest: Sendable, Hashable {
    /// What the call launches.
    package let target: LaunchTarget
    /// The call's path below the platform's address, for example `/api/v1.1/campaigns/triggers/start/`.
    package let path: String
    /// The JSON object of the body, without the token.
    package let body: [UInt8]

    /// Makes a request from its parts.
    package init(target: LaunchTarget, path: String, body: [UInt8]) {
        self.target = target
        self.path = path
        self.body = body
    }
}
