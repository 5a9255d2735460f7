import Foundation
import NIOCore

/// Why the console does not serve.
package enum ConsoleError: Error, Equatable, CustomStringConvertible {
    /// Somebody else listens there.
    case addressInUse(String)
    /// The system does not let us listen there.
    case notPermitted(String)
    /// The machine has no such address.
    case noSuchAddress(String)
    /// The address cannot be listened on for another reason.
    case cannotListen(address: String, reason: String)
    /// The server ended though nobody asked it to.
    case ended(address: String, reason: String)

    /// Takes a failed bind apart.
    init(binding address: String, _ error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: self = .addressInUse(address)
        case EACCES: self = .notPermitted(address)
        case EADDRNOTAVAIL: self = .noSuchAddress(address)
        default: self = .cannotListen(address: address, reason: "\(error)")
        }
    }

    /// One line: what is wrong and what to write instead.
    package var description: String {
        switch self {
        case .addressInUse(let address):
            "the console cannot listen on \(address): it is in use; set console.address to another port, or to off"
        case .notPermitted(let address):
            "the console may not listen on \(address); set console.address to a port above 1023, or to off"
        case .noSuchAddress(let address):
            "the console cannot listen on \(address): this machine has no such address; set console.address"
        case .cannotListen(let address, let reason):
            "the console cannot listen on \(address): \(reason); set console.address"
        case .ended(let address, let reason):
            "the console on \(address) ended: \(reason)"
        }
    }
}
