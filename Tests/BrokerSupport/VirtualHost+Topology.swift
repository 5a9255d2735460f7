extension VirtualHost {
    /// Declares a topic exchange, as a shop would.
    package func declareExchange(_ name: String) throws {
        try broker.evaluate(
            """
            rabbit_exchange:declare(
                {resource, <<"\(self.name)">>, exchange, <<"\(name)">>}, topic, true, false, false, [], <<"test">>).
            """)
    }

    /// Declares a queue as somebody else would; `arguments` is a list of Erlang terms, without its brackets.
    package func declareQueue(_ name: String, _ arguments: String = "") throws {
        try broker.evaluate(
            """
            {_, _} = rabbit_amqqueue:declare(
                {resource, <<"\(self.name)">>, queue, <<"\(name)">>}, true, false, [\(arguments)], none, <<"test">>).
            """)
    }
}
