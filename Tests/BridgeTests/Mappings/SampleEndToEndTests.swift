import AMQP
import BrokerSupport
import Foundation
import HTTPSupport
import JSON
import Telemetry
import TestSupport
import Testing

@testable import Bridge

/// The samples of `mappings/` in a running bridge: what the platform is asked, to the last letter, for each sample event.
@Suite("The samples in a running bridge", .serialized, .timeLimit(.minutes(5)))
struct SampleEndToEndTests {
    private static let folder = Corpora.root.appending(path: "mappings")

    /// The requests that each event ends in: path and body, without the token.
    private static let requests: [(event: String, path: String, bodies: [String])] = [
        (
            "back-in-stock", "campaigns/triggers/start/",
            [
                #"{"id":4130,"custom_request":{"Waiting_For":{"$in":["LAMP-7"]},"Lang":"ru"},"content":{"name":"Лампа «Маяк»","url":"https://shop.example.com/p/lamp-7","price":"3\u00a0490,00\u00a0₽"}}"#
            ]
        ),
        (
            "cart-abandoned", "campaigns/triggers/start/",
            [
                #"{"id":4121,"matching":"phone","phone":"+77011234567","content":{"link":"https://kz.shop.example.com/cart/c-88121","total":"154\u00a0980,00\u00a0₸","items":[{"name":"Пылесос X2","quantity":1,"image":"https://img.example.com/771-1.jpg"},{"name":"Мешки для пылесоса","quantity":2}],"more":0}}"#
            ]
        ),
        (
            "customer-registered", "workflows/import_and_start",
            [
                #"{"workflow_id":3,"matching":"email","email":"lena.beispiel@example.com","data":{"email":"lena.beispiel@example.com","_fname":"Lena","_lname":"Beispiel","Source":"site"},"skip_triggers":true,"content":{"gift":"HELLO3"}}"#
            ]
        ),
        (
            "link-clicked", "workflows/start",
            [
                #"{"id":7,"matching":"profile_id","profile_id":"60ae529b3f62fcdebdb159bb","content":{"clicked":"https://shop.example.com/sale/lamps","device":"web"}}"#
            ]
        ),
        (
            "order-delivered", "campaigns/triggers/start/",
            [
                #"{"id":4150,"matching":"email","email":"anna.petrova@example.com","content":{"product":{"brand":"Север","sku":"KTL-01","name":"Чайник «Север»","colour":"чёрный"},"review_url":"https://shop.example.com/review/1042/KTL-01"}}"#,
                #"{"id":4150,"matching":"email","email":"anna.petrova@example.com","content":{"product":{"brand":"–","sku":"CUP-02","name":"Кружка"},"review_url":"https://shop.example.com/review/1042/CUP-02"}}"#,
            ]
        ),
        (
            "order-paid", "campaigns/triggers/start/",
            [
                ##"{"id":4101,"matching":"email","email":"anna.petrova@example.com","content":{"order":{"number":"#1042","paid_on":"1 марта 2026","total":"11\u00a0849,90\u00a0₽","coupon":"SPRING10"},"greeting":"Здравствуйте, Анна!","items":[{"title":"Чайник «Север», чёрный","quantity":1,"price":"6\u00a0990,00\u00a0₽"},{"title":"Кружка","quantity":2,"price":"2\u00a0750,00\u00a0₽"}]},"custom_data":{"event_id":"ord-1042-paid"}}"##
            ]
        ),
        (
            "order-shipped", "campaigns/triggers/start/",
            [
                #"{"id":4110,"matching":"email","email":"anna.petrova@example.com","content":{"number":"1042","carrier":"Почта Севера","tracking_url":"https://track.example.com/RA123456789RU"}}"#
            ]
        ),
        (
            "payment-failed", "campaigns/triggers/start/",
            [
                #"{"id":4140,"matching":"email","email":"pat.sample@example.com","content":{"name":"Pat Sample","amount":"$49.99","next_attempt":"March 10","pay_url":"https://billing.example.com/i/in_1Demo","plans":"1 × Pro plan (at $49.99 / month)"}}"#
            ]
        ),
    ]

    /// A folder with the mappings as they lie in the repository, without tests and events.
    private static func lay() throws -> TemporaryFolder {
        let place = try TemporaryFolder()
        try place.makeFolder("mappings")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name.hasSuffix(".json") && !name.hasSuffix(".tests.json") && !name.hasSuffix(".schema.json") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            try place.write("mappings/\(name)", text)
        }
        return place
    }

    /// Publishes an event file as it says, at the present time: what is too old is not launched.
    private static func publish(_ event: String, _ shop: PublisherDriver, body other: [UInt8]? = nil) throws {
        let file = folder.appending(path: "events/\(event).json")
        let root = try JSONDocument.parse(Array(try Data(contentsOf: file))).root
        let amqp = try #require(root["amqp"])
        var properties = AMQPProperties()
        properties.messageID = amqp["properties"]?["message_id"]?.string.map { AMQPText($0) }
        properties.contentType = "application/json"
        properties.timestamp = UInt64(Date().timeIntervalSince1970)
        let (exchange, key) = (amqp["exchange"]?.string ?? "", amqp["routing_key"]?.string ?? "")
        let body = try other ?? Array(#require(root["body"]).text().utf8)
        #expect(
            try shop.outcome(to: AMQPText(key), exchange: AMQPText(exchange), body, properties) == .confirmed,
            "\(event)")
    }

    /// A bridge with the samples, between a shop's exchanges and a platform that accepts everything.
    private static func begin(_ host: VirtualHost) throws -> (platform: ScriptedServer, bridge: RunningBridge) {
        for exchange in ["shop.events", "altcraft.events"] { try host.declareExchange(exchange) }
        let platform = try ScriptedServer(always: .answer())
        return (platform, try RunningBridge(lay(), host, platform: platform))
    }

    private static func body(_ request: SeenRequest) throws -> JSONValue {
        .node(try JSONDocument.parse(request.body).root)
    }

    @Test("each sample event ends in the requests of its mapping, and in no others")
    func requests() async throws {
        try await withVirtualHost { host in
            let (platform, bridge) = try Self.begin(host)
            defer { platform.stop() }
            #expect(bridge.probe.health.mappingsLive == 8 && bridge.probe.health.mappingsRefused.isEmpty)
            let shop = try PublisherDriver.connected(host)
            var seen = 0
            for (event, path, bodies) in Self.requests {
                try Self.publish(event, shop)
                #expect(platform.waitUntil { $0.requests.count == seen + bodies.count }, "\(event)")
                let requests = Array(platform.log.requests.dropFirst(seen))
                seen += bodies.count
                for request in requests {
                    #expect(request.head.hasPrefix("POST /api/v1.1/\(path) HTTP/1.1\r\n"), "\(event): \(request.head)")
                    #expect(request.header("content-type") == "application/json", "\(event)")
                }
                let expected = try bodies.map { body in
                    JSONValue.node(try JSONDocument.parse(#"{"token":"secret",\#(body.dropFirst())"#).root)
                }
                // Launches of one event may arrive in any order.
                var left = try requests.map(Self.body)
                for body in expected {
                    let place = left.firstIndex(of: body)
                    #expect(place != nil, "\(event): \(body.text()) is not among \(left.map { $0.text() })")
                    if let place { left.remove(at: place) }
                }
                #expect(left.isEmpty, "\(event)")
            }
            #expect(bridge.stop())
            #expect(platform.log.requests.count == seen && seen == 9)
            #expect(bridge.probe.ends("launched") == Self.requests.count && bridge.probe.ends("parked") == 0)
        }
    }

    @Test("an event cut short is parked, and the whole one behind it is launched")
    func broken() async throws {
        try await withVirtualHost { host in
            let (platform, bridge) = try Self.begin(host)
            defer { platform.stop() }
            let shop = try PublisherDriver.connected(host)
            let whole = Array(#"{"order":{"number":"1"},"customer":{"email":"a@example.com"}}"#.utf8)
            for count in stride(from: 0, to: whole.count, by: 7) {
                try Self.publish("order-shipped", shop, body: Array(whole[..<count]))
            }
            try Self.publish("order-shipped", shop, body: whole)
            let cuts = (whole.count + 6) / 7
            #expect(platform.waitUntil { $0.requests.count == 1 })
            #expect(bridge.probe.waitUntil { $0.ends("parked") == cuts && $0.ends("launched") == 1 })
            #expect(bridge.stop())
            #expect(platform.log.requests.count == 1)
            let queue = try ConsumerDriver(
                host.settings(), ConsumerSettings(queue: "orders.parked", consumerTag: "test", prefetch: 200),
                Topology())
            queue.connection.resume()
            try queue.run { _ in queue.deliveries.count == cuts }
            let bodies = Set(queue.deliveries.map(\.body))
            #expect(bodies == Set(stride(from: 0, to: whole.count, by: 7).map { Array(whole[..<$0]) }))
        }
    }
}

extension ReloadProbe {
    /// How many events have ended so.
    fileprivate func ends(_ end: String) -> Int {
        lines("").count { $0.contains("\"end\":\"\(end)\"") }
    }
}
