#include "CRabbitMQShim.h"

#if __has_include(<rabbitmq-c/amqp.h>)
#include <rabbitmq-c/amqp.h>
#include <rabbitmq-c/framing.h>
#include <rabbitmq-c/ssl_socket.h>
#else
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#endif
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <sys/prctl.h>

// A verification runs inside one call that connects, on one thread.
static _Thread_local int last_verification_error = 0;

static struct tb_login_reply refused(uint16_t code, amqp_bytes_t text) {
    struct tb_login_reply reply = {.outcome = 2, .code = code};
    reply.text_length = text.len > 255 ? 255 : (uint8_t)text.len;
    if (reply.text_length > 0) {
        memcpy(reply.text, text.bytes, reply.text_length);
    }
    return reply;
}

static struct tb_login_reply translate(amqp_rpc_reply_t result) {
    switch (result.reply_type) {
    case AMQP_RESPONSE_NORMAL:
        return (struct tb_login_reply){.outcome = 0};
    case AMQP_RESPONSE_SERVER_EXCEPTION:
        if (result.reply.id == AMQP_CONNECTION_CLOSE_METHOD && result.reply.decoded != NULL) {
            amqp_connection_close_t *close = result.reply.decoded;
            return refused(close->reply_code, close->reply_text);
        }
        return refused(0, amqp_empty_bytes);
    default:
        return (struct tb_login_reply){.outcome = 1, .status = result.library_error};
    }
}

struct tb_login_reply tb_login_plain(struct amqp_connection_state_t_ *connection, struct tb_login_request request,
                                     const char *user, const char *password) {
    return translate(amqp_login_with_properties(connection, request.vhost, 0, request.frame_max, request.heartbeat,
                                                request.client_properties, AMQP_SASL_METHOD_PLAIN, user, password));
}

struct tb_login_reply tb_login_external(struct amqp_connection_state_t_ *connection, struct tb_login_request request,
                                        const char *identity) {
    return translate(amqp_login_with_properties(connection, request.vhost, 0, request.frame_max, request.heartbeat,
                                                request.client_properties, AMQP_SASL_METHOD_EXTERNAL, identity));
}

static int remember(int accepted, X509_STORE_CTX *context) {
    if (!accepted) {
        last_verification_error = X509_STORE_CTX_get_error(context);
    }
    return accepted;
}

static int no_password(char *buffer, int size, int writing, void *context) {
    (void)buffer, (void)size, (void)writing, (void)context;
    return 0;
}

int tb_tls_prepare(struct amqp_socket_t_ *socket, const char *host, int verify_peer, int verify_host) {
    SSL_CTX *context = amqp_ssl_socket_get_context(socket);
    last_verification_error = 0;
    ERR_clear_error();
    SSL_CTX_set_default_passwd_cb(context, no_password);
    // librabbitmq 0.11 compares DNS names only; OpenSSL knows addresses as well, and refuses during the
    // handshake, before our own certificate is shown.
    amqp_ssl_socket_set_verify_hostname(socket, 0);
    amqp_ssl_socket_set_verify_peer(socket, verify_peer);
    SSL_CTX_set_verify(context, verify_peer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, remember);
    if (verify_peer && verify_host) {
        X509_VERIFY_PARAM *parameters = SSL_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (!X509_VERIFY_PARAM_set1_ip_asc(parameters, host) && !X509_VERIFY_PARAM_set1_host(parameters, host, 0)) {
            return 0;
        }
        ERR_clear_error();
    }
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

int tb_tls_verification_error(void) { return last_verification_error; }

const char *tb_tls_verification_text(int code) { return X509_verify_cert_error_string(code); }

const char *tb_tls_last_reason(void) {
    unsigned long code = ERR_peek_last_error();
    return code == 0 ? NULL : ERR_reason_error_string(code);
}

void tb_name_thread(const char *name) {
    char cut[16] = {0};
    strncpy(cut, name, sizeof cut - 1);
    prctl(PR_SET_NAME, cut);
}
