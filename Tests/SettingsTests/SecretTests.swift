import TestSupport
import Testing

@testable import Settings

@Suite("Secrets", .timeLimit(.minutes(1)))
struct SecretTests {
    struct Holder {
        let secret: Secret
        let optional: Secret?
        let list: [Secret]
        let named: [String: Secret]
        let origin: TokenOrigin
    }

    @Test("No way of printing shows a secret")
    func printing() {
        let secret = Secret("hunter2")
        let holder = Holder(
            secret: secret, optional: secret, list: [secret], named: ["a": secret], origin: .fixed(secret))
        var text = "\(secret) \(holder) \(String(describing: holder)) \(String(reflecting: holder))"
        text += String(reflecting: secret) + String(describing: Optional(secret)) + secret.debugDescription
        dump(holder, to: &text)
        dump(secret, to: &text)
        #expect(!text.contains("hunter2"))
        #expect(text.contains("***"))
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("Only reveal gives it away, and equal texts are equal secrets")
    func reveal() {
        #expect(Secret("hunter2").reveal() == "hunter2")
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Set([Secret("a"), Secret("a")]).count == 1)
    }

    @Test("A token of any bytes is taken whole or refused without being shown")
    func random() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            do {
                let token = try TokenOrigin.token(in: bytes, named: "token").reveal()
                #expect(!token.isEmpty)
                #expect(token.utf8.allSatisfy { (0x21...0x7E).contains($0) })
                #expect(String(decoding: bytes, as: UTF8.self).contains(token))
            } catch {
                #expect(error.message.hasPrefix("token "))
            }
        }
    }
}
