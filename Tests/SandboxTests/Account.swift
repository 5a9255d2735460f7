/// The account of the tests: what the documents' examples name, and what the open cases need.
enum Account {
    static let text = """
        {
          "campaigns": [
            {"id": 1, "name": "Greeting", "active": true},
            {"id": 5, "name": "Catalog", "active": true},
            {"id": 8, "name": "Batch", "active": true},
            {"id": 84, "name": "Order paid", "active": true, "resource_id": 1,
             "message": {"subject": "Order {apicontent.order_id}",
                         "text": "Dear {_fname}, {apicontent.lines.0.name} and {missing}"}},
            {"id": 85, "name": "Batch in XML", "active": true},
            {"id": 96, "name": "Channels", "active": true,
             "link": "465ea6fedf0a75fa9ee0b5fb8f9d5fe89af34054909af8bb", "message": "{FirstName}: {Order}"},
            {"id": 7, "name": "Off", "active": false},
            {"id": 9, "name": "On import", "active": true, "trigger_type": "import"},
            {"id": 10, "name": "By post", "active": true, "resource_id": 2, "send_channel": "email"},
            {"id": 11, "name": "To all", "active": true, "resource_id": 2, "unconditional_sending": true}
          ],
          "scenarios": [
            {"id": 3, "name": "Welcome", "active": true},
            {"id": 12, "name": "Cart", "active": true, "message": "Come back"},
            {"id": 4, "name": "Off", "active": false},
            {"id": 6, "name": "Once", "active": true, "reentry": false}
          ],
          "resources": [{"id": 1, "name": "News"}, {"id": 2, "name": "Orders"}, {"id": 24, "name": "Other"}],
          "profiles": [
            {"id": "abcdefghijklmnqrstuvwxyz", "email": "john@example.com", "phone": "+79000000000",
             "fields": {"_fname": "John", "CRM_ID": "12345", "FirstName": "", "Order": "", "age": 30,
                        "tags": ["tag-1", "tag-2"], "address": {"city": "Perm"}}},
            {"id": "z1", "email": "zaycev@example.com", "fields": {"vk_id": "123456", "tags": ["tag-2"], "age": 41}},
            {"id": "6606e08f10bcdd88297057a7", "email": "example1@example.com",
             "fields": {"Custom_ID": "003", "city": "Perm", "FirstName": "Ann"}},
            {"id": "66101437dc4594c2934da6da", "email": "example2@example.com",
             "fields": {"Custom_ID": "002", "city": "Perm"}},
            {"id": "66acb337240d5213037986d8", "email": "example3@example.com", "fields": {"Custom_ID": "YY"}},
            {"id": "p4", "email": "example4@example.com", "fields": {"Custom_ID": "AA"}},
            {"id": "a1", "fields": {"Custom_ID": "IpHicQquekzYkufl"}},
            {"id": "a2", "fields": {"Custom_ID": "xzFKLXeaJkCYHuMb"}},
            {"id": "sub", "email": "home@example.com", "phone": "+79000000009",
             "fields": {},
             "subscriptions": [
               {"channel": "email", "resource_id": 2, "email": "work@example.com", "priority": 1},
               {"channel": "email", "resource_id": 24, "email": "second@example.com", "priority": 5},
               {"channel": "sms", "resource_id": 2, "phone": "+79106135133"},
               {"channel": "push", "resource_id": 2, "provider": "Chrome", "subscription_id": "CAREFULWITHTHATAXE"},
               {"channel": "telegram_bot", "resource_id": 2, "custom_fields": {"chat": 778899}},
               {"channel": "email", "resource_id": 2, "email": "gone@example.com", "status": "unsubscribed"}
             ]},
            {"id": "twin1", "email": "twin@example.com", "fields": {"badge": "7"}},
            {"id": "twin2", "email": "twin@example.com", "fields": {"badge": 7}},
            {"id": "phoneonly", "phone": "+79000000001"}
          ]
        }
        """
}
