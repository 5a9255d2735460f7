// What Swift cannot call by itself: librabbitmq's variadic login, and OpenSSL's verification of the peer.
//
// librabbitmq's types are named by their structures only, so that this module does not define them a second time.
#pragma once

#include <stdint.h>

struct amqp_connection_state_t_;
struct amqp_socket_t_;
struct amqp_table_t_;

// How a login ended.
struct tb_login_reply {
    // 0 accepted, 1 the library gave up (see `status`), 2 the broker closed (see `code` and `text`).
    int outcome;
    // librabbitmq's status, when the library gave up.
    int status;
    // AMQP reply code, when the broker closed.
    uint16_t code;
    // The broker's words: raw bytes, not promised to be UTF-8.
    uint8_t text[256];
    uint8_t text_length;
};

// What is asked for at login.
struct tb_login_request {
    const char *vhost;
    int frame_max;
    int heartbeat;
    const struct amqp_table_t_ *client_properties;
};

// SASL PLAIN: user and password.
struct tb_login_reply tb_login_plain(struct amqp_connection_state_t_ *connection, struct tb_login_request request,
                                     const char *user, const char *password);

// SASL EXTERNAL: the client certificate says who we are. RabbitMQ ignores the identity, but librabbitmq takes an
// empty one for a lack of memory.
struct tb_login_reply tb_login_external(struct amqp_connection_state_t_ *connection, struct tb_login_request request,
                                        const char *identity);

// Sets TLS 1.2 as the least, the peer's name or address to verify, and no question on the terminal for a
// locked key. Returns 0 when a setting was not taken.
int tb_tls_prepare(struct amqp_socket_t_ *socket, const char *host, int verify_peer, int verify_host);

// The X509_V_ERR code of the last refused certificate on this thread; 0 when none was refused.
int tb_tls_verification_error(void);

// OpenSSL's words for such a code. Static text.
const char *tb_tls_verification_text(int code);

// OpenSSL's words for the last error on this thread, or NULL. Static text.
const char *tb_tls_last_reason(void);

// Names the calling thread, as `top -H` shows it; cut to 15 bytes.
void tb_name_thread(const char *name);
