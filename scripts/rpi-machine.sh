# shellcheck shell=bash
# Part of setup-rpi.sh: what a running machine has beside its files: packages, Node, the command, users, services.

: "${root?}" "${dry?}" "${project?}" "${app?}" "${manifest?}"

# Bookworm's own Node is 18; this line of releases has builds for arm64 and for armv7l.
node_source=https://nodejs.org/dist/latest-v22.x

# act TEXT COMMAND…: on a running machine only
act() {
  local what=$1
  shift
  if [ -n "$root" ]; then
    say "left:    $what (to be done on the machine itself)"
  elif [ -n "$dry" ]; then
    say "would:   $what"
  else
    say "do:      $what"
    "$@"
  fi
}

has_node() {
  local version major minor
  version=$(node --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  [ "$major" -gt 20 ] || { [ "$major" = 20 ] && [ "$minor" -ge 19 ]; }
}

install_packages() {
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# libpcap and a compiler for raw frames; Node from the release where its own is new enough.
machine_packages() {
  local name need=(libpcap-dev build-essential python3 network-manager curl xz-utils ca-certificates) missing=()
  if [ -n "$root" ]; then
    act "packages ${need[*]}, Node 20.19 or later"
    return
  fi
  if ! has_node && grep -q '^VERSION_CODENAME=trixie' /etc/os-release; then need+=(nodejs npm); fi
  for name in "${need[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    act "apt-get install ${missing[*]}" install_packages "${missing[@]}"
    for name in "${missing[@]}"; do record "package $name"; done
  fi
  has_node || act "Node from $node_source into $app/node" fetch_node
}

fetch_node() {
  local machine name place
  # A 64-bit kernel may run a 32-bit system: what counts is what the programs are.
  case $(dpkg --print-architecture) in
    arm64) machine=arm64 ;;
    armhf) machine=armv7l ;;
    amd64) machine=x64 ;;
    *) refuse 3 "there is no Node for $(dpkg --print-architecture)" ;;
  esac
  place=$(mktemp -d)
  curl -fsSL --retry 3 "$node_source/SHASUMS256.txt" -o "$place/sums" || refuse 3 "cannot fetch $node_source/SHASUMS256.txt"
  name=$(awk -v end="-linux-$machine.tar.xz" 'index($2, end) { print $2 }' "$place/sums")
  curl -fsSL --retry 3 "$node_source/$name" -o "$place/$name" || refuse 3 "cannot fetch $node_source/$name"
  (cd "$place" && grep " $name\$" sums | sha256sum --quiet -c -) || refuse 3 "$name is not what its check sum says"
  make_folder "$(dirname "$app")"
  mkdir -p "$app/node" "$app/bin"
  record "tree $app"
  tar -xJf "$place/$name" -C "$app/node" --strip-components=1
  rm -r "$place"
  for name in node npm npx; do
    ln -sf "../node/bin/$name" "$app/bin/$name"
    install_link "/usr/local/bin/$name" "$app/bin/$name"
  done
}

# What the command would be made of; empty before the first build.
sum_of_command() { [ ! -d "$project/dist" ] || (cd "$project" && find dist package.json -type f | sort | xargs sha256sum | sha256sum | cut -d' ' -f1); }

# The command, packed from this tree as it was built last, with the optional packages that need a compiler.
install_command() {
  local place tarball name
  place=$(mktemp -d)
  export PATH="$app/bin:/usr/local/bin:$PATH"
  # Headers that are here already need not be fetched.
  for name in "$app/node" /usr; do
    if [ -d "$name/include/node" ]; then
      export npm_config_nodedir=$name
      break
    fi
  done
  [ -d "$project/dist" ] || (cd "$project" && npm ci --no-audit --no-fund)
  tarball=$(cd "$project" && npm pack --silent --ignore-scripts --pack-destination "$place" | tail -1)
  make_folder "$(dirname "$app")"
  record "tree $app"
  npm install --global --prefix "$app" --no-audit --no-fund "$place/$tarball"
  rm -r "$place"
  # An optional package that does not build is left out in silence.
  (cd "$app/lib/node_modules/ccs-hil" && node -e 'require("cap")' 2>/dev/null) ||
    say 'warning: the package cap was not built, so there are no raw frames and no SLAC: ccs-hil doctor says more'
  forget command
  record "command $(sum_of_command)"
}

# Users of a file tree come with its first boot, from sysusers.d.
machine_finish() {
  if [ -n "$root" ] || ! recorded command | grep -qx "$(sum_of_command)"; then
    act "the command ccs-hil in $app" install_command
  fi
  install_link /usr/local/bin/ccs-hil "$app/bin/ccs-hil"
  [ -z "$root" ] || return 0
  if ! getent passwd ccs-hil >/dev/null; then
    act 'the user ccs-hil' systemd-sysusers /etc/sysusers.d/ccs-hil.conf
    record 'user ccs-hil'
  fi
  if [ -z "$dry" ]; then
    systemctl daemon-reload || true
    nmcli connection reload || true
  fi
}

machine_leave() {
  [ -z "$root" ] && [ -f "$manifest" ] || return 0
  act 'stop the services' stop_services
  if recorded user | grep -qx ccs-hil && getent passwd ccs-hil >/dev/null; then act 'remove the user ccs-hil' userdel ccs-hil; fi
}

stop_services() {
  local unit
  for unit in ccs-hil-secc ccs-hil-link ccs-hil-reset; do systemctl disable --now "$unit" 2>/dev/null || true; done
}
