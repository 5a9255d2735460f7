extension PrivateBroker {
    /// The guard: a shell that starts a broker, obeys lines on its standard input, and ends the broker and its epmd
    /// when that input ends or the parent is gone, however the test run came to its end.
    ///
    /// It calls the real scripts of the Debian package, which take everything from the environment and run as any user.
    static let guardScript = #"""
        set -u
        trap '' INT HUP TERM
        parent=$1
        dir=$2
        bin=/usr/lib/rabbitmq/bin
        mkdir -p "$dir"/{home,mnesia,log,gen,tls}

        certificate() { # name subject-alternative-names days
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$dir/tls/$1.key" \
                -out "$dir/tls/$1.csr" -subj "/CN=$1" 2>/dev/null
            printf 'subjectAltName=%s\n' "$2" > "$dir/tls/$1.ext"
            openssl x509 -req -in "$dir/tls/$1.csr" -CA "$dir/tls/ca.pem" -CAkey "$dir/tls/ca.key" -CAcreateserial \
                -days "$3" -extfile "$dir/tls/$1.ext" -out "$dir/tls/$1.pem" 2>/dev/null
            chmod a+r "$dir/tls/$1.key"
        }
        authority() { # name
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$dir/tls/$1.key" \
                -out "$dir/tls/$1.pem" -subj "/CN=$1" -days 30 -addext basicConstraints=critical,CA:TRUE 2>/dev/null
        }
        certificates() {
            authority ca
            authority stranger
            certificate server DNS:localhost,IP:127.0.0.1 30
            certificate elsewhere DNS:elsewhere.test 30
            certificate expired DNS:localhost,IP:127.0.0.1 -1
            certificate bridge-client DNS:bridge-client 30
        }

        settle_ports() {
            base=$((21000 + (RANDOM % 2700) * 4))
            export HOME=$dir/home ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((base + 3))
            export RABBITMQ_NODENAME=t$base@localhost RABBITMQ_NODE_PORT=$base RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
            export RABBITMQ_DIST_PORT=$((base + 2)) RABBITMQ_PID_FILE=$dir/pid
            export RABBITMQ_MNESIA_BASE=$dir/mnesia RABBITMQ_LOG_BASE=$dir/log
            export RABBITMQ_ENABLED_PLUGINS_FILE=$dir/enabled_plugins RABBITMQ_CONFIG_FILE=$dir/rabbitmq.conf
            export RABBITMQ_CONF_ENV_FILE=$dir/rabbitmq-env.conf RABBITMQ_ADVANCED_CONFIG_FILE=$dir/advanced.config
            export RABBITMQ_GENERATED_CONFIG_DIR=$dir/gen RABBITMQ_FEATURE_FLAGS_FILE=$dir/feature_flags
            local quiet='+sbwt none +sbwtdcpu none +sbwtdio none'
            export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="$quiet -kernel inet_dist_use_interface {127,0,0,1}"
            echo '[rabbitmq_auth_mechanism_ssl].' > "$dir/enabled_plugins"
            : > "$dir/rabbitmq-env.conf"
            cat > "$dir/rabbitmq.conf" <<CONF
        listeners.tcp.1 = 127.0.0.1:$base
        listeners.ssl.1 = 127.0.0.1:$((base + 1))
        ssl_options.cacertfile = $dir/tls/ca.pem
        ssl_options.certfile = $dir/tls/server.pem
        ssl_options.keyfile = $dir/tls/server.key
        ssl_options.verify = verify_peer
        ssl_options.fail_if_no_peer_cert = false
        ssl_options.versions.1 = tlsv1.3
        ssl_options.versions.2 = tlsv1.2
        auth_mechanisms.1 = PLAIN
        auth_mechanisms.2 = EXTERNAL
        ssl_cert_login_from = common_name
        log.file.level = info
        CONF
            printf '#!/bin/sh\nexport HOME=%s ERL_EPMD_PORT=%s\nexec %s/rabbitmqctl -q --node %s "$@"\n' \
                "$HOME" "$ERL_EPMD_PORT" "$bin" "$RABBITMQ_NODENAME" > "$dir/ctl"
            printf '#!/bin/sh\nexport HOME=%s ERL_EPMD_PORT=%s\nprintf "%%s\\n" "$1" | %s\n' "$HOME" "$ERL_EPMD_PORT" \
                "erl_call -h call\$\$ -sname $RABBITMQ_NODENAME -c \$(cat $HOME/.erlang.cookie) -e" > "$dir/eval"
            chmod +x "$dir/ctl" "$dir/eval"
        }

        answers() {
            (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'AMQP\0\0\11\1' >&3 && [ -n "$(timeout 2 head -c1 <&3 | od)" ] \
                && [ "$(timeout 2 head -c3 <&3 | wc -c)" = 3 ]) 2>/dev/null
        }
        start() {
            rm -f "$dir/pid"
            setsid "$bin/rabbitmq-server" > "$dir/log/stdout" 2>&1 < /dev/null &
            launcher=$!
            for _ in $(seq 600); do
                answers "$base" && return 0
                kill -0 "$launcher" 2>/dev/null || return 1
                sleep 0.1
            done
            return 1
        }
        broker() { cat "$dir/pid" 2>/dev/null || echo "$launcher"; }
        end() {
            local pid
            pid=$(broker)
            kill -9 "$pid" "$launcher" 2>/dev/null
            for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
            wait "$launcher" 2>/dev/null
        }
        obey() {
            case $1 in
                kill) end ;;
                start) start || { echo "failed"; return; } ;;
                stop) "$dir/ctl" shutdown > /dev/null 2>&1; wait "$launcher" 2>/dev/null ;;
                suspend) kill -STOP "$(broker)" ;;
                resume) kill -CONT "$(broker)" ;;
                *) echo "unknown command: $1"; return ;;
            esac
            echo "done"
        }

        launcher=0
        certificates
        ready=no
        for _ in 1 2 3 4; do
            settle_ports
            if start; then ready=yes; break; fi
            end
            epmd -kill > /dev/null 2>&1
        done
        exec 2>/dev/null
        if [ $ready = yes ]; then echo "ready $base"; else echo "failed"; tail -n 20 "$dir/log/stdout"; fi
        # The time of a read may end in the middle of a line: what came of it belongs to the next.
        line=
        while [ $ready = yes ]; do
            part=
            IFS= read -r -t 2 part
            status=$?
            line=$line$part
            if [ $status = 0 ]; then
                obey "$line"
                line=
            else
                [ $status -gt 128 ] && kill -0 "$parent" 2>/dev/null && continue
                break
            fi
        done
        end
        epmd -kill > /dev/null 2>&1
        rm -rf "$dir"
        """#
}
