# What Debian must have installed: sourced by deploy/demo and deploy/test.
# need_packages NAME... installs what is missing, and asks the package index only then.

build_packages=(
    libcurl4-openssl-dev # HTTP and TLS
    libphonenumber-dev   # phone numbers in mappings
    librabbitmq-dev      # AMQP
    libre2-dev           # regular expressions on foreign data
    libsqlite3-dev       # the ledger
    libxml2-dev          # XML bodies
    libxxhash-dev        # hashes of v1.0 trigger links
    pkg-config
    zlib1g-dev           # compressed events
)
broker_packages=(rabbitmq-server)
test_packages=(
    chromium-headless-shell # the sandbox's page in a browser
    curl
    openssl
)

need_packages() {
    local missing=() name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null)" = "install ok installed" ] || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "these packages are missing and only root can install them: ${missing[*]}" >&2; return 1; }
        root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive
    step "asking for the package index" "${root[@]}" apt-get update -qq
    step "installing ${missing[*]}" "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

need_swift() {
    command -v swift >/dev/null && return 0
    echo "Swift 6.3 or later is needed and \`swift\` is not on the PATH: https://www.swift.org/install/linux/" >&2
    return 1
}
