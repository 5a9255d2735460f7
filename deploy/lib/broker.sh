# A private RabbitMQ in a folder of its own, on loopback only, without systemd. Needs no rights beyond the folder.
# start_broker DIR PORT sets the environment that `broker_ctl` and `stop_broker` need, and returns when AMQP answers.

broker_bin=/usr/lib/rabbitmq/bin

start_broker() {
    local dir=$1 port=$2
    mkdir -p "$dir"/{home,mnesia,log}
    broker_dir=$dir
    broker_port=$port
    broker_env=(
        HOME="$dir/home" # the Erlang cookie lies there
        RABBITMQ_NODENAME="bridge$port@localhost" RABBITMQ_NODE_PORT="$port" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
        RABBITMQ_DIST_PORT="$((port + 1))" ERL_EPMD_PORT="$((port + 2))" ERL_EPMD_ADDRESS=127.0.0.1
        RABBITMQ_MNESIA_BASE="$dir/mnesia" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid"
        RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf"
        RABBITMQ_CONF_ENV_FILE="$dir/rabbitmq-env.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$dir/advanced.config"
        RABBITMQ_GENERATED_CONFIG_DIR="$dir/gen" RABBITMQ_FEATURE_FLAGS_FILE="$dir/feature_flags"
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
    )
    echo '[].' >"$dir/enabled_plugins"
    : >"$dir/rabbitmq-env.conf"
    printf 'listeners.tcp.1 = 127.0.0.1:%s\n' "$port" >"$dir/rabbitmq.conf"
    env "${broker_env[@]}" setsid "$broker_bin/rabbitmq-server" >"$dir/log/stdout" 2>&1 </dev/null &
    broker_launcher=$!
    disown "$broker_launcher"
    local attempt
    for attempt in $(seq 1 240); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'AMQP\0\0\11\1' >&3 && IFS= read -r -t 2 -n 1 _ <&3) 2>/dev/null; then
            return 0
        fi
        kill -0 "$broker_launcher" 2>/dev/null || break
        sleep 0.25
    done
    cat "$dir/log/stdout"
    return 1
}

broker_ctl() {
    env "${broker_env[@]}" "$broker_bin/rabbitmqctl" --node "bridge${broker_env[2]##*=}@localhost" "$@"
}

stop_broker() {
    [ -n "${broker_dir:-}" ] || return 0
    [ -s "$broker_dir/pid" ] && kill -9 "$(cat "$broker_dir/pid")" 2>/dev/null
    [ -n "${broker_launcher:-}" ] && kill -9 -- "-$broker_launcher" 2>/dev/null
    # The port mapper does not end before it knows that its node is gone, which takes a moment.
    local attempt
    for attempt in $(seq 1 100); do
        case $(env "${broker_env[@]}" epmd -kill 2>&1) in
            *'living nodes'*) sleep 0.05 ;;
            *) break ;;
        esac
    done
    return 0
}

# A port outside the ephemeral range that nobody listens on, nor on the two after it.
free_port() {
    local port
    while :; do
        port=$((21000 + RANDOM % 10000))
        is_free "$port" && is_free $((port + 1)) && is_free $((port + 2)) && break
    done
    echo "$port"
}

is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
