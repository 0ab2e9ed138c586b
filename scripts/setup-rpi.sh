#!/usr/bin/env bash
# Prepares Raspberry Pi OS for a bench with a QCA7000 power-line modem on SPI, or takes all of it away again. --help tells more.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
project=$(dirname "$here")
# Files as they come to lie on the machine.
shipped=$here/rpi

usage() {
  cat <<'TEXT'
Usage: sudo scripts/setup-rpi.sh [options]

Prepares Raspberry Pi OS (bookworm or trixie, on a Pi 3, 4 or Zero 2 W): SPI and the overlay of the QCA7000, a check after the boot
that brings its interface up through NetworkManager, Node, libpcap, the command ccs-hil, and a service for the station with a user
of its own. Running it again changes nothing; what an earlier run switched on stays on.

  --reset       RESET_L of the modem is wired to BCM24: hold it high from power-on, pulse it at boot
  --uart        the pilot helper is on the UART: switch the line on, take the console off it
  --any-board   go on with a board that this has not been prepared for
  --dry-run     say what would be done, do nothing
  --undo        take everything away; files come back byte for byte
  --root DIR    work on a file tree, such as a mounted card: files only, no packages, users or services
  --help        this text

Exit status: 0 done, 2 the call is wrong, 3 the machine lacks something.
TEXT
}

refuse() { printf 'setup-rpi.sh: %s\n' "$2" >&2; exit "$1"; }
say() { printf '%s\n' "$*"; }

root='' dry='' undo='' reset='' uart='' anyboard=''
while [ $# -gt 0 ]; do
  case $1 in
    --reset) reset=yes ;;
    --uart) uart=yes ;;
    --any-board) anyboard=yes ;;
    --dry-run) dry=yes ;;
    --undo) undo=yes ;;
    --root)
      [ $# -gt 1 ] || refuse 2 '--root needs a folder'
      root=$2
      shift
      ;;
    --root=*) root=${1#--root=} ;;
    --help | -h) usage; exit 0 ;;
    *) refuse 2 "unknown option $1 (--help shows what there is)" ;;
  esac
  shift
done
[ -z "$undo" ] || [ -z "$reset$uart" ] || refuse 2 '--undo takes everything away: --reset and --uart do not go with it'
[ -z "$root" ] || [ -d "$root" ] || refuse 3 "$root is no folder"
[ -n "$root" ] && root=$(cd "$root" && pwd)
[ "$root" = / ] && root=''

config=/boot/firmware/config.txt
cmdline=/boot/firmware/cmdline.txt
state=/var/lib/ccs-hil-setup
manifest=$state/manifest
app=/opt/ccs-hil

# shellcheck source=scripts/rpi-files.sh
. "$here/rpi-files.sh"
# shellcheck source=scripts/rpi-boot.sh
. "$here/rpi-boot.sh"
# shellcheck source=scripts/rpi-machine.sh
. "$here/rpi-machine.sh"

look() {
  local release model
  release=$(sed -n 's/^VERSION_CODENAME=//p' "$root/etc/os-release" 2>/dev/null | tr -d '"' || true)
  case $release in
    bookworm | trixie) ;;
    *) refuse 3 "this is ${release:-no release that I know}: bookworm and trixie of Raspberry Pi OS are prepared for" ;;
  esac
  [ -f "$root$config" ] || refuse 3 "there is no $root$config: is the boot partition mounted?"
  [ -n "$root" ] || [ -n "$dry" ] || [ "$(id -u)" = 0 ] || refuse 3 'root is needed: sudo scripts/setup-rpi.sh'
  # A card that is mounted elsewhere does not say which board it is for.
  [ -e "$root/proc/device-tree/model" ] || [ -z "$root" ] || return 0
  [ -z "$undo" ] || return 0
  model=
  if [ -e "$root/proc/device-tree/model" ]; then model=$(tr -d '\0' <"$root/proc/device-tree/model"); fi
  case $model in
    'Raspberry Pi 3 '* | 'Raspberry Pi 4 '* | 'Raspberry Pi Zero 2 '*) say "board: $model, $release" ;;
    *) [ -n "$anyboard" ] || refuse 3 "${model:-this machine} has not been prepared for (Pi 3, 4 and Zero 2 W are): --any-board goes on" ;;
  esac
}

set_up() {
  # What an earlier run switched on stays on.
  if boot_has 'gpio=24=op,dh'; then reset=yes; fi
  if boot_has 'enable_uart=1'; then uart=yes; fi
  machine_packages
  boot_configure
  files_install
  machine_finish
  if boot_changed; then
    say 'The boot configuration has changed: reboot, then look with: ccs-hil doctor'
  else
    say 'The boot configuration is as it should be.'
  fi
}

take_away() {
  boot_restore
  machine_leave
  files_remove
  if boot_changed; then say 'The boot configuration has changed: reboot.'; fi
}

look
if [ -n "$undo" ]; then take_away; else set_up; fi
